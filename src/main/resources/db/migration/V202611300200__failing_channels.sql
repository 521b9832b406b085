-- since when nothing of what was tried has arrived; null if something did
alter table channel_turn add column failing_since timestamp(6) with time zone;
