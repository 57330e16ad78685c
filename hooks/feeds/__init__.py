"""What leaves the site for readers without its pages: Markdown copies, llms.txt, Atom, structured data. Knows no MkDocs."""
