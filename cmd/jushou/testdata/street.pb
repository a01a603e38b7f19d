META
key;value
description;A street and its 1,000 yuan, worked by hand in docs/budget-rules.md
country;China
unit;Example street
instance;2026
num_projects;4
num_votes;10
budget;1000
vote_type;approval
rule;equalshares/add1
date_begin;01.03.2026
date_end;15.03.2026
currency;CNY
PROJECTS
project_id;cost;name
park;400;Benches for the park
library;300;A shelf of books
bikes;350;A roof for the bikes
trees;100;Four trees
VOTES
voter_id;vote
1;park,library
2;park,library
3;park,library
4;park,library
5;park,library
6;park,trees
7;bikes,trees
8;bikes
9;bikes
10;bikes
