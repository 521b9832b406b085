-- How far a log's entries are proven, what of it was seen, and what went wrong with it.

-- range_hashes: hashes of the complete subtrees that cover the entries below next_index; null if
-- they are not known to belong to the log's tree
alter table log_position add column range_hashes bytea;
-- below settled_index every entry is proven or stands in a gap
alter table log_position add column settled_index bigint;
-- the newest tree head that our entries fit, as the log signed it
alter table log_position add column proven_size bigint;
alter table log_position add column proven_root bytea;
alter table log_position add column proven_head_at timestamp(6) with time zone;
alter table log_position add column proven_head varchar(70000);
-- what was recorded before there were proofs
update log_position set settled_index = next_index;

-- ranges of entries by what is known of them; adjacent ones of one state and hour are one row
create table coverage (
    log_id varchar(64) not null,
    start_index bigint not null,
    end_index bigint not null,
    state varchar(16) not null,
    first_time timestamp(6) with time zone not null,
    last_time timestamp(6) with time zone not null,
    primary key (log_id, start_index)
);
create index coverage_by_time on coverage (log_id, last_time);

-- ranges that have to be read again: the log did not give them, or gave what it had not signed
create table gap (
    log_id varchar(64) not null,
    start_index bigint not null,
    end_index bigint not null,
    kind varchar(16) not null,
    reason varchar(1000) not null,
    attempts integer not null,
    next_attempt_at timestamp(6) with time zone not null,
    noted_at timestamp(6) with time zone not null,
    primary key (log_id, start_index)
);

-- open_key: log, kind and subject as long as it is open, so that one event is one row
create table incident (
    id uuid primary key,
    open_key varchar(400) unique,
    log_id varchar(64),
    kind varchar(32) not null,
    severity varchar(16) not null,
    summary varchar(2000) not null,
    evidence varchar(300000) not null,
    opened_at timestamp(6) with time zone not null,
    last_seen_at timestamp(6) with time zone not null,
    observations bigint not null,
    closed_at timestamp(6) with time zone
);
create index incident_by_time on incident (opened_at, id);
create index incident_by_log on incident (log_id, opened_at, id);

-- whether it tells those who run this service of incidents
alter table channel add column operators boolean default false not null;
alter table delivery add column incident_id uuid;

-- an administrator's word for one log; null for the general setting
alter table followed_log add column poll_seconds integer;
alter table followed_log add column page_size integer;
alter table followed_log add column requests_per_second double precision;
