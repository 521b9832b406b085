-- Runs on PostgreSQL and on H2 in PostgreSQL mode. Never changed once released.

create table log_list (
    url varchar(2000) primary key,
    body bytea not null,
    fetched_at timestamp(6) with time zone not null
);

create table followed_log (
    log_id varchar(64) primary key,
    description varchar(1000) not null,
    operator varchar(1000) not null,
    url varchar(2000) not null,
    protocol varchar(16) not null,
    state varchar(16) not null,
    paused boolean not null
);

-- next_index: the first index that is not yet recorded; null until the log was first reached
create table log_position (
    log_id varchar(64) primary key references followed_log (log_id),
    next_index bigint,
    epoch bigint not null,
    owner varchar(64),
    lease_until timestamp(6) with time zone,
    tree_size bigint,
    tree_head_at timestamp(6) with time zone,
    last_progress timestamp(6) with time zone
);

create table unreadable_entry (
    log_id varchar(64) not null,
    leaf_index bigint not null,
    leaf_hash bytea not null,
    reason varchar(1000) not null,
    raw bytea not null,
    noted_at timestamp(6) with time zone not null,
    primary key (log_id, leaf_index)
);

create table channel (
    id uuid primary key,
    name varchar(200) not null,
    type varchar(20) not null,
    recipients varchar(100000) not null,
    url varchar(2000),
    secret varchar(200),
    created_at timestamp(6) with time zone not null,
    version integer not null
);

create table watchlist (
    id uuid primary key,
    name varchar(200) not null,
    description varchar(2000) not null,
    enabled boolean not null,
    created_at timestamp(6) with time zone not null,
    version integer not null
);

create table watchlist_channel (
    watchlist_id uuid not null references watchlist (id) on delete cascade,
    channel_id uuid not null references channel (id),
    primary key (watchlist_id, channel_id)
);

create table watch_rule (
    id uuid primary key,
    watchlist_id uuid not null references watchlist (id) on delete cascade,
    kind varchar(20) not null,
    pattern varchar(300) not null,
    name varchar(300) not null,
    severity varchar(20) not null,
    enabled boolean not null,
    comment varchar(2000) not null,
    created_at timestamp(6) with time zone not null,
    version integer not null,
    constraint watch_rule_once unique (watchlist_id, kind, name)
);

-- one row; counts changes that matter for matching
create table rule_set (
    id integer primary key,
    version bigint not null
);
insert into rule_set (id, version) values (1, 1);

-- certificates and precertificates that met a rule
create table certificate (
    sha256 bytea primary key,
    tbs_sha256 bytea not null,
    precertificate boolean not null,
    der bytea not null,
    subject varchar(1000),
    issuer varchar(1000),
    serial_number varchar(1000),
    not_before timestamp(6) with time zone,
    not_after timestamp(6) with time zone,
    dns_names varchar(1000000) not null,
    dns_name_count integer not null,
    ip_addresses varchar(100000) not null,
    spki_sha256 varchar(64),
    issuer_key_hash varchar(64),
    first_seen timestamp(6) with time zone not null
);
create index certificate_by_tbs on certificate (tbs_sha256);

-- no foreign keys to rule and watchlist: what was found stays when they go
create table rule_match (
    id uuid primary key,
    watchlist_id uuid not null,
    rule_id uuid not null,
    tbs_sha256 bytea not null,
    names varchar(100000) not null,
    name_count integer not null,
    reasons varchar(100000) not null,
    severity varchar(20) not null,
    status varchar(20) not null,
    first_seen timestamp(6) with time zone not null,
    proven boolean not null,
    rule_set_version bigint not null,
    comment varchar(10000),
    assignee varchar(200),
    version integer not null
);
create index rule_match_by_time on rule_match (first_seen, id);
create index rule_match_by_watchlist on rule_match (watchlist_id, first_seen, id);
create index rule_match_by_rule on rule_match (rule_id, first_seen, id);
create index rule_match_by_tbs on rule_match (tbs_sha256);

create table sighting (
    log_id varchar(64) not null,
    leaf_index bigint not null,
    tbs_sha256 bytea not null,
    certificate_sha256 bytea not null,
    entry_type varchar(16) not null,
    entry_time timestamp(6) with time zone not null,
    primary key (log_id, leaf_index)
);
create index sighting_by_tbs on sighting (tbs_sha256);

create table delivery (
    id uuid primary key,
    match_id uuid,
    channel_id uuid not null references channel (id) on delete cascade,
    type varchar(32) not null,
    status varchar(16) not null,
    attempts integer not null,
    created_at timestamp(6) with time zone not null,
    due_at timestamp(6) with time zone not null,
    lease_until timestamp(6) with time zone,
    lease_token uuid,
    last_attempt_at timestamp(6) with time zone,
    last_error varchar(2000),
    delivered_at timestamp(6) with time zone
);
create index delivery_due on delivery (status, due_at);
create index delivery_by_match on delivery (match_id);
create index delivery_by_time on delivery (created_at, id);

create table api_token (
    id uuid primary key,
    name varchar(200) not null,
    sha256 bytea not null unique,
    created_at timestamp(6) with time zone not null
);
