"""The waiting list: who is next for a freed booth by the rules of the fair, reminders, and the close of the list."""
