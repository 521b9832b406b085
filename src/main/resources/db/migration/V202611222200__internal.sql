-- What the service keeps for itself, to see that it works. People do not meet it.

alter table watchlist add column internal boolean default false not null;
alter table channel add column internal boolean default false not null;
alter table followed_log add column internal boolean default false not null;

-- The canary: a rule for the entries of internal logs, and the channel that its alerts go to.
insert into channel (id, name, type, recipients, created_at, version, internal)
values ('00000000-0000-8000-8000-000000000001', 'Canary', 'CANARY', '[]', current_timestamp, 0, true);
insert into watchlist (id, name, description, enabled, created_at, version, internal)
values ('00000000-0000-8000-8000-000000000002', 'Canary', '', true, current_timestamp, 0, true);
insert into watchlist_channel (watchlist_id, channel_id)
values ('00000000-0000-8000-8000-000000000002', '00000000-0000-8000-8000-000000000001');
insert into watch_rule (id, watchlist_id, kind, pattern, name, severity, enabled, comment, created_at, version)
values ('00000000-0000-8000-8000-000000000003', '00000000-0000-8000-8000-000000000002', 'DOMAIN',
    'canary.vigie.invalid', 'canary.vigie.invalid', 'LOW', true, '', current_timestamp, 0);
update rule_set set version = version + 1;
