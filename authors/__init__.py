"""The people: who signs in (User) and who signs a story (Author). This app knows no story."""
