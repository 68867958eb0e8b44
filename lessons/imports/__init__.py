"""Lessons from a table: a file becomes cells, cells become values, values are compared with the lessons there are, and written.

Read the modules in this order: `cells`, `archive`, `sheets`, `texts` (a file as rows of cells); `columns`, `concepts`, `links`,
`richtext`, `steps`, `layout` (what each column means); `planning`, `writing` (what an import would do, and doing it); `jobs`
(an import in the background); `views` (the screens of the admin).
"""
