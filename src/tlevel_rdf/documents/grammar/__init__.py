"""The grammar of progression profiles, which reads lines as statements and knows no document format."""
