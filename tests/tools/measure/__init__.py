"""What structure.py measures: the Rust sources, the page, the commits."""
