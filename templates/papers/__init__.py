"""What leaves the house as a file: documents and data, made of the same values as the posts in Slack."""
