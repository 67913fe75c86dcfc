"""The room where finished releases are made, opened, checked and asked."""
