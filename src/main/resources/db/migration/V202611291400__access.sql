-- Teams, who may do what, what was changed by whom, requests that may be repeated, where logs began.

create table team (
    id uuid primary key,
    name varchar(200) not null unique,
    created_at timestamp(6) with time zone not null,
    version integer not null
);
-- the team of all that was there before there were teams
insert into team (id, name, created_at, version)
    values ('00000000-0000-7000-8000-000000000001', 'Main', current_timestamp, 0);

alter table watchlist add column team_id uuid
    default '00000000-0000-7000-8000-000000000001' not null references team (id);
alter table channel add column team_id uuid
    default '00000000-0000-7000-8000-000000000001' not null references team (id);
create index watchlist_by_team on watchlist (team_id, id);
create index channel_by_team on channel (team_id, id);

-- whose a watchlist was that is gone: what it found stays
create table former_watchlist (
    id uuid primary key,
    team_id uuid not null references team (id)
);
create index former_watchlist_by_team on former_watchlist (team_id);

-- team_id: null for those who see all
alter table rescan add column team_id uuid references team (id);
alter table api_token add column team_id uuid references team (id);
alter table api_token add column expires_at timestamp(6) with time zone;
alter table api_token add column last_used_at timestamp(6) with time zone;

-- position: without holes; hash: of this entry and the one before
create table audit_entry (
    position bigint primary key,
    at timestamp(6) with time zone not null,
    actor varchar(300) not null,
    address varchar(100) not null,
    team_id uuid,
    action varchar(100) not null,
    subject varchar(300) not null,
    before_change varchar(1000000),
    after_change varchar(1000000),
    hash varchar(64) not null
);
create index audit_entry_by_team on audit_entry (team_id, position);
create index audit_entry_by_subject on audit_entry (subject, position);

-- one row, which whoever adds an entry holds
create table audit_head (
    id integer primary key,
    position bigint not null,
    hash varchar(64) not null
);
insert into audit_head (id, position, hash) values (1, 0, '');

-- answers to requests that may come again; sealed
create table repeatable_request (
    caller varchar(100) not null,
    request_key varchar(200) not null,
    request_sha256 varchar(64) not null,
    status integer,
    location varchar(500),
    body varchar(1000000),
    created_at timestamp(6) with time zone not null,
    primary key (caller, request_key)
);
create index repeatable_request_by_time on repeatable_request (created_at);

-- where reading a log began, and for which choice
alter table log_position add column start_index bigint;
alter table log_position add column start_choice varchar(100);

-- which strangers were asked whether they want mails, by any channel
create table asked_address (
    id uuid primary key,
    address varchar(320) not null,
    asked_at timestamp(6) with time zone not null
);
create index asked_address_by_address on asked_address (address);
create index asked_address_by_time on asked_address (asked_at);
