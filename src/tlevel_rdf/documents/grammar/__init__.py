"""The grammar of progression profiles: lines become statements. It knows no document format."""
