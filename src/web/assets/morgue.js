// Keys, lists and drafts. Every page works without it.
