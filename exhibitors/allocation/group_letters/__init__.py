"""One letter to many applicants at once: to those that the filters of the queue leave."""
