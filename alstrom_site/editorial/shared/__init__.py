"""What somebody without an account sees who holds a shared link: one text, and a form for advice."""
