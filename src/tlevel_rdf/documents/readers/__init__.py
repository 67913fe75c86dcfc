"""Document formats: text, Markdown, HTML, DOCX and PDF become lines with their places."""
