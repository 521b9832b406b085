-- People who log in, their sessions, and how often somebody guessed wrong.

-- team_id: null for those who see all; password_hash: null for those who log in elsewhere
create table app_user (
    id uuid primary key,
    name varchar(200) not null,
    folded_name varchar(400) not null unique,
    role varchar(20) not null,
    team_id uuid references team (id),
    password_hash varchar(300),
    enabled boolean not null,
    created_at timestamp(6) with time zone not null,
    last_login_at timestamp(6) with time zone,
    version integer not null
);
create index app_user_by_team on app_user (team_id, id);

-- sha256: of what the browser keeps
create table login_session (
    id uuid primary key,
    sha256 bytea not null unique,
    user_id uuid not null references app_user (id) on delete cascade,
    created_at timestamp(6) with time zone not null,
    used_at timestamp(6) with time zone not null
);
create index login_session_by_user on login_session (user_id);

-- from where somebody has logged in, so that guesses of strangers do not keep them out
create table known_address (
    user_id uuid not null references app_user (id) on delete cascade,
    address varchar(100) not null,
    used_at timestamp(6) with time zone not null,
    primary key (user_id, address)
);

-- at_minute: since 1970
create table guess (
    guess_key varchar(150) not null,
    at_minute bigint not null,
    failures integer not null,
    primary key (guess_key, at_minute)
);
create index guess_by_minute on guess (at_minute);

-- one row, which whoever takes an administrator away holds
create table administration (
    id integer primary key
);
insert into administration (id) values (1);
