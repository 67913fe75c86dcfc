"""One module for each kind of resource of the site."""
