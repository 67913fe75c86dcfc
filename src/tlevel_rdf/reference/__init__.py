"""Reference data: the statements of official registers about T Levels, standards, occupations and areas of work."""
