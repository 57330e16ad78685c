"""One file, one picture; `style.py` alone knows colours and SVG."""
