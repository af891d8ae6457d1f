"""What happens by itself: timetable, jobs, delivery."""
