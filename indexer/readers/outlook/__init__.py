"""Messages of Outlook: MSG files, and the winmail.dat that it attaches to mails. Both are read as mails."""
