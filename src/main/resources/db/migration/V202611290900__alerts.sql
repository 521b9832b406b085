-- How alerts go out: sealed secrets, digests, quiet hours, confirmed addresses, escalation, and
-- certificates that end.

-- the key that secrets are sealed with, by its id; one row
create table secret_key (
    id integer primary key,
    key_id varchar(16) not null
);

-- policy: a JSON object. secret: sealed, as former_secret, which is good until then
alter table channel add column policy varchar(4000) default '{}' not null;
alter table channel alter column secret set data type varchar(9000);
alter table channel add column former_secret varchar(9000);
alter table channel add column former_secret_until timestamp(6) with time zone;
-- off since the receiver said that it is gone
alter table channel add column disabled_at timestamp(6) with time zone;
alter table channel add column disabled_because varchar(1000);

-- who has this row locked takes deliveries of the channel out of the outbox
create table channel_turn (
    channel_id uuid primary key references channel (id) on delete cascade,
    last_digest_at timestamp(6) with time zone
);
insert into channel_turn (channel_id) select id from channel;

-- addresses that nobody has confirmed yet; nonce goes into the link that confirms them
create table unconfirmed_recipient (
    channel_id uuid not null references channel (id) on delete cascade,
    address varchar(320) not null,
    nonce uuid not null,
    asked integer not null,
    asked_at timestamp(6) with time zone not null,
    primary key (channel_id, address)
);

-- ready_at: since when it could be sent. digest_id: the delivery that tells of it instead.
-- recipient: the only one whom it is for
alter table delivery add column ready_at timestamp(6) with time zone;
update delivery set ready_at = due_at;
alter table delivery alter column ready_at set not null;
alter table delivery add column digest_id uuid;
alter table delivery add column recipient varchar(320);
create index delivery_by_channel on delivery (channel_id, status, due_at);
-- each way to ask for what is due has its answer at one place, however much waits
create index delivery_by_lane on delivery
    (channel_id, status, type, attempts desc, due_at, id);
create index delivery_by_attempt on delivery (channel_id, last_attempt_at);
create index delivery_by_digest on delivery (digest_id);
create index delivery_by_incident on delivery (incident_id);
create index delivery_by_status on delivery (status, created_at, id);
drop index delivery_due;

-- when a match that nobody has decided about is told to others
alter table watchlist add column escalate_seconds integer;
create table watchlist_escalation (
    watchlist_id uuid not null references watchlist (id) on delete cascade,
    channel_id uuid not null references channel (id),
    primary key (watchlist_id, channel_id)
);
alter table rule_match add column escalate_at timestamp(6) with time zone;
create index rule_match_by_escalation on rule_match (escalate_at);

-- what the owners of a watchlist are told of its certificates: those that end within so many days
-- without a successor, other issuers than before, names that were not seen for so many days
alter table watchlist add column expiry_days integer;
alter table watchlist add column issuer_changes boolean default false not null;
alter table watchlist add column canary_names varchar(30000) default '[]' not null;
alter table watchlist add column canary_days integer;
alter table watchlist add column canary_since timestamp(6) with time zone;
-- up to which match that was looked at
alter table watchlist add column renewal_time timestamp(6) with time zone;
alter table watchlist add column renewal_match uuid;

-- the newest certificate of each name that a rule of kind exact or domain has met
create table watched_name (
    watchlist_id uuid not null references watchlist (id) on delete cascade,
    name varchar(300) not null,
    rule_id uuid not null,
    tbs_sha256 bytea not null,
    issuer varchar(1000),
    not_after timestamp(6) with time zone,
    seen_at timestamp(6) with time zone not null,
    primary key (watchlist_id, name)
);
create index watched_name_by_end on watched_name (watchlist_id, not_after);

-- whose alerts do not arrive
alter table incident add column channel_id uuid;
