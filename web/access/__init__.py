"""Who may ask: the token, the guard before every route, and the headers of every answer."""
