"""Maps of next steps: their layout, their SVG, and a PNG of it."""
