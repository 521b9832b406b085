-- From where on each rule has searched each log, and what was searched afterwards.

-- the version of the rule set since which the rule is in force as it is now
alter table watch_rule add column since_version bigint;
-- what was searched before this was noted is not claimed
update watch_rule set since_version = (select version from rule_set);

-- entries from start_index on, up to the next row's or the log's position, were held against at
-- least the rules of this version
create table rule_set_span (
    log_id varchar(64) not null,
    start_index bigint not null,
    version bigint not null,
    primary key (log_id, start_index)
);

-- entries behind the position that are searched once more, for some rules alone
create table rescan (
    id uuid primary key,
    state varchar(16) not null,
    watchlist_id uuid,
    from_time timestamp(6) with time zone,
    until_time timestamp(6) with time zone,
    alerts boolean not null,
    error varchar(2000),
    created_at timestamp(6) with time zone not null,
    finished_at timestamp(6) with time zone
);

-- for these rules, as they were then
create table rescan_rule (
    rescan_id uuid not null references rescan (id) on delete cascade,
    rule_id uuid not null,
    since_version bigint not null,
    primary key (rescan_id, rule_id)
);
create index rescan_rule_by_rule on rescan_rule (rule_id);

-- in these logs. next_index: below it the range is done; null until it is known where the range
-- lies. up_to_tail: whether it ends where the tail has taken over. due_at: when it is read on
create table rescan_part (
    rescan_id uuid not null references rescan (id) on delete cascade,
    log_id varchar(64) not null,
    state varchar(16) not null,
    start_index bigint,
    end_index bigint,
    next_index bigint,
    up_to_tail boolean not null,
    matches bigint not null,
    entries_per_second double precision not null,
    failures integer not null,
    error varchar(2000),
    due_at timestamp(6) with time zone not null,
    lease_until timestamp(6) with time zone,
    lease_token uuid,
    primary key (rescan_id, log_id)
);
create index rescan_part_by_log on rescan_part (log_id);
