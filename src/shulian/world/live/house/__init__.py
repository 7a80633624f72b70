"""The house: the people's side of the presence server, who they are and what they say."""
