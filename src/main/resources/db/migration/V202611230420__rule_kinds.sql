-- Kinds of rules that look for strangers, what belongs to them, and what is nobody's business.

-- options: a JSON object
alter table watch_rule add column options varchar(20000) default '{}' not null;
-- out of force, since it took too long
alter table watch_rule add column suspended_at timestamp(6) with time zone;
alter table watch_rule add column suspended_because varchar(1000);
-- a JSON list of domains in canonical form
alter table watchlist add column excluded_domains varchar(300000) default '[]' not null;
-- whose owners are told too
alter table incident add column watchlist_id uuid;
