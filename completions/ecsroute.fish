# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ecsroute_global_optspecs
    string join \n color= q/quiet v/verbose h/help V/version
end

function __fish_ecsroute_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_ecsroute_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_ecsroute_using_subcommand
    set -l cmd (__fish_ecsroute_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c ecsroute -n "__fish_ecsroute_needs_command" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_needs_command" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -s V -l version -d 'Print version'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "discover" -d 'What would Traefik find, and what becomes of it?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "explain" -d 'Why is this container (not) routed? Every step, its input and its outcome'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "render" -d 'What dynamic configuration results?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "route" -d 'Which router would take this request, and which servers would get it?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "lint" -d 'What is wrong or about to go wrong? The CI step'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "check-policy" -d 'Do these IAM policies allow what the provider needs, and nothing it doesn\'t?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "diff" -d 'What would change in the routes?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "test" -d 'Unit tests for routing: tables of cases with the expected outcome'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "eval" -d 'Try one expression, template, rule or set of labels'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "doctor" -d 'Is the ground firm: settings, region, credentials, identity, endpoint, clusters?'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "snapshot" -d 'Record the AWS answers to a file, to replay anywhere'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "migrate" -d 'Rewrite v1 labels and settings, and v2 rules, as v3'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "completions" -d 'Print a shell completion script, or a man page'
complete -c ecsroute -n "__fish_ecsroute_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -s f -l format -d 'How the result looks' -r -f -a "table\t'For reading'
json\t'One document'
jsonl\t'A line for each container'
csv\t'For spreadsheets'
markdown\t'For tickets'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l service -d 'Only containers whose ECS service or service name matches; `*` stands for any run of characters' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l report -d 'Write a page beside the result: the fleet as a picture, and every container explained' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l reason -d 'Only containers that are not routed for this reason: `port-missing`' -r -f -a "task-not-described\t''
task-arn-invalid\t''
task-unhealthy\t''
container-definition-missing\t''
network-interface-missing\t''
container-instance-missing\t''
enable-label-invalid\t''
not-running\t''
unhealthy\t''
address-missing\t''
disabled\t''
constraint-false\t''
constraint-invalid\t''
labels-invalid\t''
load-balancer-missing\t''
port-missing\t''
server-url-conflict\t''
router-dropped\t''
merged-away\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l routed -d 'Only containers that are routed'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l skipped -d 'Only containers that are not routed'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l wide -d 'Every replica on a line of its own, with its task and address'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -l as-traefik -d 'Write even a pass that is not complete to the output file, as Traefik would publish it'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand discover" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -l require-routed -d 'Exit 1 unless every container that matches is routed'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -s f -l format -d 'How the result looks; TOML and YAML load in Traefik\'s file provider' -r -f -a "toml\t'For Traefik\'s file provider'
yaml\t'For Traefik\'s file provider'
json\t'Traefik\'s own form, as its API gives it'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l events -d 'With --watch: a line of JSON on stdout for each change' -r -f -a "jsonl\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l template -d 'Render through a template: one that is built in by name, or a file' -r -f -a "caddy\t''
dot\t''
haproxy\t''
hosts\t''
mermaid\t''
nginx\t''
prometheus-sd\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l as-traefik -d 'Write even a pass that is not complete to the output file, as Traefik would publish it'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l template-data -d 'Print what a template gets, as JSON with its schema'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -l watch -d 'Keep polling and rewrite the output file whenever something changes'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand render" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l sni -d 'The server name of the TLS handshake, where it isn\'t the URL\'s host' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s X -l method -d 'The request\'s method' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s H -l header -d 'A header of the request, as `Name: value` (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l client-ip -d 'The client\'s address [default: the log\'s, or 127.0.0.1]' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l entrypoint -d 'The entry point that the connection is made to [default: the one of the URL\'s port]' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l requests -d 'Many requests: a URL a line, or an access log in common or JSON form; `-` is standard input' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s f -l format -d 'How the result looks' -r -f -a "table\t'For reading'
json\t'One document'
jsonl\t'A line for each container'
csv\t'For spreadsheets'
markdown\t'For tickets'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand route" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -s f -l format -d 'How the result looks' -r -f -a "text\t'For reading, with the source underlined'
json\t'For programs'
sarif\t'SARIF 2.1.0, for code scanning'
github\t'Annotations of a GitHub workflow'
junit\t'JUnit XML'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l config -d 'What is judged and how, in place of the nearest ecsroute.toml in this directory and above' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l fail-on -d 'The least severity that makes the exit status 1 [default: error]' -r -f -a "note\t'Everything'
warning\t'Warnings and errors'
error\t'Errors'
never\t'Nothing'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l baseline -d 'Findings in this file are known and don\'t count' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l write-baseline -d 'Write the findings to a baseline' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l upgrade -d 'What changes for this fleet between two releases, as `v2.11..v3.7`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l select -d 'Only these rules, by id, name or prefix (repeatable)' -r -f -a "ECS000\t'document-broken'
ECS001\t'label-unknown'
ECS002\t'label-crash'
ECS003\t'label-value'
ECS005\t'label-index'
ECS006\t'duration-overflow'
ECS007\t'labels-misplaced'
ECS008\t'label-other-generation'
ECS010\t'label-ignored'
ECS011\t'value-mangled'
ECS012\t'secret-in-label'
ECS020\t'rule-syntax'
ECS021\t'rule-other-generation'
ECS022\t'rule-never-matches'
ECS023\t'host-with-port'
ECS024\t'rule-shadowed'
ECS025\t'equal-priority'
ECS026\t'host-claimed-twice'
ECS027\t'default-rule-fails'
ECS028\t'default-rule-gap'
ECS030\t'constraint-idle'
ECS031\t'constraint-broken'
ECS040\t'port-missing'
ECS041\t'port-undecided'
ECS042\t'port-unmapped'
ECS043\t'port-zero'
ECS044\t'port-udp'
ECS045\t'health-check-port'
ECS050\t'router-without-service'
ECS051\t'conflicting-definitions'
ECS052\t'conflicting-revisions'
ECS053\t'service-in-two-clusters'
ECS054\t'same-container-name'
ECS056\t'element-incomplete'
ECS060\t'missing-middleware'
ECS061\t'missing-service'
ECS062\t'missing-servers-transport'
ECS063\t'missing-tls-options'
ECS064\t'missing-resolver'
ECS065\t'missing-entry-point'
ECS070\t'exposed-by-default'
ECS071\t'traefik-exposed'
ECS072\t'dashboard-public'
ECS073\t'tls-on-plain'
ECS074\t'sticky-cookie'
ECS080\t'unhealthy-routed'
ECS081\t'health-check-missing'
ECS082\t'external-off'
ECS083\t'external-awsvpc'
ECS084\t'instance-stopped'
ECS090\t'setting-ignored'
ECS091\t'settings-logged'
ECS092\t'refresh-too-short'
ECS093\t'plain-keys'
ECS094\t'setting-misread'
ECS095\t'settings-refused'
ECS096\t'provider-off'
ECS097\t'ignore-unused'
ECS098\t'ignore-broken'
ECS100\t'v1-nothing-published'
ECS101\t'v1-label-breaks-all'
ECS102\t'v1-label-unread'
ECS103\t'v1-rule-refused'
ECS104\t'v1-backend-by-chance'
ECS105\t'v1-port-missing'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l ignore -d 'All but these rules (repeatable)' -r -f -a "ECS000\t'document-broken'
ECS001\t'label-unknown'
ECS002\t'label-crash'
ECS003\t'label-value'
ECS005\t'label-index'
ECS006\t'duration-overflow'
ECS007\t'labels-misplaced'
ECS008\t'label-other-generation'
ECS010\t'label-ignored'
ECS011\t'value-mangled'
ECS012\t'secret-in-label'
ECS020\t'rule-syntax'
ECS021\t'rule-other-generation'
ECS022\t'rule-never-matches'
ECS023\t'host-with-port'
ECS024\t'rule-shadowed'
ECS025\t'equal-priority'
ECS026\t'host-claimed-twice'
ECS027\t'default-rule-fails'
ECS028\t'default-rule-gap'
ECS030\t'constraint-idle'
ECS031\t'constraint-broken'
ECS040\t'port-missing'
ECS041\t'port-undecided'
ECS042\t'port-unmapped'
ECS043\t'port-zero'
ECS044\t'port-udp'
ECS045\t'health-check-port'
ECS050\t'router-without-service'
ECS051\t'conflicting-definitions'
ECS052\t'conflicting-revisions'
ECS053\t'service-in-two-clusters'
ECS054\t'same-container-name'
ECS056\t'element-incomplete'
ECS060\t'missing-middleware'
ECS061\t'missing-service'
ECS062\t'missing-servers-transport'
ECS063\t'missing-tls-options'
ECS064\t'missing-resolver'
ECS065\t'missing-entry-point'
ECS070\t'exposed-by-default'
ECS071\t'traefik-exposed'
ECS072\t'dashboard-public'
ECS073\t'tls-on-plain'
ECS074\t'sticky-cookie'
ECS080\t'unhealthy-routed'
ECS081\t'health-check-missing'
ECS082\t'external-off'
ECS083\t'external-awsvpc'
ECS084\t'instance-stopped'
ECS090\t'setting-ignored'
ECS091\t'settings-logged'
ECS092\t'refresh-too-short'
ECS093\t'plain-keys'
ECS094\t'setting-misread'
ECS095\t'settings-refused'
ECS096\t'provider-off'
ECS097\t'ignore-unused'
ECS098\t'ignore-broken'
ECS100\t'v1-nothing-published'
ECS101\t'v1-label-breaks-all'
ECS102\t'v1-label-unread'
ECS103\t'v1-rule-refused'
ECS104\t'v1-backend-by-chance'
ECS105\t'v1-port-missing'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l explain -d 'What a rule is about, why it matters, an example, and the fix' -r -f -a "ECS000\t'document-broken'
ECS001\t'label-unknown'
ECS002\t'label-crash'
ECS003\t'label-value'
ECS005\t'label-index'
ECS006\t'duration-overflow'
ECS007\t'labels-misplaced'
ECS008\t'label-other-generation'
ECS010\t'label-ignored'
ECS011\t'value-mangled'
ECS012\t'secret-in-label'
ECS020\t'rule-syntax'
ECS021\t'rule-other-generation'
ECS022\t'rule-never-matches'
ECS023\t'host-with-port'
ECS024\t'rule-shadowed'
ECS025\t'equal-priority'
ECS026\t'host-claimed-twice'
ECS027\t'default-rule-fails'
ECS028\t'default-rule-gap'
ECS030\t'constraint-idle'
ECS031\t'constraint-broken'
ECS040\t'port-missing'
ECS041\t'port-undecided'
ECS042\t'port-unmapped'
ECS043\t'port-zero'
ECS044\t'port-udp'
ECS045\t'health-check-port'
ECS050\t'router-without-service'
ECS051\t'conflicting-definitions'
ECS052\t'conflicting-revisions'
ECS053\t'service-in-two-clusters'
ECS054\t'same-container-name'
ECS056\t'element-incomplete'
ECS060\t'missing-middleware'
ECS061\t'missing-service'
ECS062\t'missing-servers-transport'
ECS063\t'missing-tls-options'
ECS064\t'missing-resolver'
ECS065\t'missing-entry-point'
ECS070\t'exposed-by-default'
ECS071\t'traefik-exposed'
ECS072\t'dashboard-public'
ECS073\t'tls-on-plain'
ECS074\t'sticky-cookie'
ECS080\t'unhealthy-routed'
ECS081\t'health-check-missing'
ECS082\t'external-off'
ECS083\t'external-awsvpc'
ECS084\t'instance-stopped'
ECS090\t'setting-ignored'
ECS091\t'settings-logged'
ECS092\t'refresh-too-short'
ECS093\t'plain-keys'
ECS094\t'setting-misread'
ECS095\t'settings-refused'
ECS096\t'provider-off'
ECS097\t'ignore-unused'
ECS098\t'ignore-broken'
ECS100\t'v1-nothing-published'
ECS101\t'v1-label-breaks-all'
ECS102\t'v1-label-unread'
ECS103\t'v1-rule-refused'
ECS104\t'v1-backend-by-chance'
ECS105\t'v1-port-missing'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l live -d 'Judge the files among what runs in AWS now'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l fail-on-unknown -d 'Exit 1 when something could not be judged'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l rules -d 'List every rule'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l fix -d 'Mend what is mechanical; shown as a diff unless --write'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -l write -d 'With --fix: change the files'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -s f -l format -d 'How the result looks' -r -f -a "table\t'For reading'
json\t'For programs'
sarif\t'SARIF 2.1.0'
junit\t'`JUnit` XML'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l boundary -d 'The permissions boundary' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l scp -d 'Service control policies of one level, from the organization\'s root down; commas within a level (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l session-policy -d 'The session policy' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l context -d 'What is known of the request: a condition key, or account, region, partition (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l task-role-of -d 'Judge the task role of this ECS service, read from IAM where that is allowed' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l suggest -d 'Print the smallest policy that suffices' -r -f -a "json\t'A policy document'
terraform\t'An `aws_iam_policy_document`'
cloudformation\t'An `AWS::IAM::ManagedPolicy`'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l fix -d 'The least change to this policy, as a diff' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l documented -d 'Ask for every action that Traefik\'s documentation lists'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l live -d 'Ask AWS too, beside the files'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l allow-conditional -d 'A verdict that depends on what isn\'t known counts as allowed'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l strict -d 'Exit 1 when more than needed is granted'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -l unscoped -d 'With --suggest: on every resource, not per cluster'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand check-policy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -s f -l format -d 'How the result looks' -r -f -a "table\t'For reading'
unified\t'As `diff -u` prints it'
json\t'For programs'
markdown\t'For tickets'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l settings-b -d 'A provider option that holds for B alone, as NAME=VALUE (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l deploy -d 'What this revision would change, and what Traefik publishes while old and new tasks overlap' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -l kind -d 'The kind of the cases [default: told by their fields]' -r -f -a "constraint\t'A constraint on labels'
template\t'A default rule\'s template'
rule\t'A router\'s rule and requests'
labels\t'Labels and what they decode to'
pipeline\t'A fleet and what is published'
settings\t'Arguments, variables, files and the settings'
versions\t'Inputs to several releases'
policy\t'Policies and a request'
policy-unknown\t'Policies and a request of which something isn\'t known'
policy-invalid\t'Texts of policies'
v1-rule\t'A rule of v1 and requests'
v1-pipeline\t'A fleet under v1'
route\t'A fleet and requests to it'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -s f -l format -d 'How the result looks' -r -f -a "text\t'For reading'
json\t'For programs'
junit\t'JUnit XML'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -f -a "constraint" -d 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -f -a "template" -d 'What does a default rule give?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -f -a "rule" -d 'Is a rule valid, and would it match this request?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -f -a "labels" -d 'What do these labels decode to?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and not __fish_seen_subcommand_from constraint template rule labels help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -s l -l label -d 'A label (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -l labels -d 'A JSON object of labels, or a container definition with `dockerLabels`' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from constraint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -l name -d '`.Name`: the service\'s default name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -s l -l label -d 'A label (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -l labels -d 'A JSON object of labels, or a container definition with `dockerLabels`' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -l template-env -d 'A variable that `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from template" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l request -d 'A request, as `METHOD URL` or a URL' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -s H -l header -d 'A header of the request (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l client-ip -d 'The client\'s address' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l kind -d 'What sort of router' -r -f -a "http\t'HTTP and HTTPS'
tcp\t'TCP and TLS'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l sni -d 'TCP: the server name of the TLS handshake' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l alpn -d 'TCP: a protocol that the client offers (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l syntax -d 'The rule language: v3 or v2' -r -f -a "v3\t''
v2\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l traefik -d 'Whose behaviour' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from rule" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -s l -l label -d 'A label (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -l labels -d 'A JSON object of labels, or a container definition with `dockerLabels`' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -l traefik -d 'Whose behaviour' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from labels" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from help" -f -a "constraint" -d 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from help" -f -a "template" -d 'What does a default rule give?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from help" -f -a "rule" -d 'Is a rule valid, and would it match this request?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from help" -f -a "labels" -d 'What do these labels decode to?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand eval; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -s o -l output -d 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -s o -l output -d 'Write to FILE instead of stdout; `.gz` compresses' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l include-environment -d 'Keep the environment variables of container definitions, which may hold secrets'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -l as-traefik -d 'Write even a pass that is not complete'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand snapshot" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l snapshot -d 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l profile -d 'The profile of the shared AWS configuration' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l region -d 'The AWS region' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l endpoint-url -d 'Another endpoint for every AWS service' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l role-arn -d 'Assume this role first' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l external-id -d 'The external id that the role asks for' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l concurrency -d 'How many calls may be under way at once' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l max-rate -d 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l timeout -d 'Give up after this long, as `30s`, `2m` or `500ms`' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l static-config -d 'Traefik\'s own static configuration, YAML or TOML [default: where Traefik looks for it]' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l static-from -d 'Read Traefik\'s settings from its own task definition: a file, or a service\'s name' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l cluster -d 'What if: search this cluster, by name or ARN (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l auto-discover-clusters -d 'What if: search every cluster of the account' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l constraints -d 'What if: keep only containers whose labels satisfy this' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l exposed-by-default -d 'What if: take containers that have no `traefik.enable`' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l default-rule -d 'What if: the rule of routers that have none' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l healthy-tasks-only -d 'What if: take only tasks that are HEALTHY' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l ecs-anywhere -d 'What if: ask SSM for the addresses of external instances' -r -f -a "true\t''
false\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l refresh-seconds -d 'What if: the polling interval' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l template-env -d 'A variable that the default rule\'s `env` may see, as NAME=VALUE, or NAME for this environment\'s (repeatable)' -r
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -s f -l format -d 'How the result looks' -r -f -a "text\t'For people'
json\t'For programs'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -s o -l output -d 'Write the migrated files into DIR' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l traefik -d 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release' -r -f -a "v3\t''
v2\t''
v1\t''
v3.7\t''
v3.7.9\t''
v3.6\t''
v3.6.24\t''
v3.5\t''
v3.5.6\t''
v3.4\t''
v3.4.5\t''
v3.3\t''
v3.3.7\t''
v3.2\t''
v3.2.5\t''
v3.1\t''
v3.1.7\t''
v3.0\t''
v3.0.4\t''
v2.11\t''
v2.11.53\t''
v1.7\t''
v1.7.34\t''"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l demo -d 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l stats -d 'What the reading cost, beside what Traefik\'s own costs'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l no-static-config -d 'Do not look for a static configuration'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l show-settings -d 'Print each effective setting and where it came from'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l write -d 'Change the files in place'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -l verify -d 'Route generated requests through both and show where they differ'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand completions" -l snapshot -d 'Complete the names of the clusters and services of this snapshot, too' -r -F
complete -c ecsroute -n "__fish_ecsroute_using_subcommand completions" -l color -d 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too' -r -f -a "auto\t'On a terminal'
always\t'Even in a pipe'
never\t'Nowhere'"
complete -c ecsroute -n "__fish_ecsroute_using_subcommand completions" -s q -l quiet -d 'Less on stderr: errors only'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand completions" -s v -l verbose -d 'More on stderr: where settings, region and credentials came from; twice: every call'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "discover" -d 'What would Traefik find, and what becomes of it?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "explain" -d 'Why is this container (not) routed? Every step, its input and its outcome'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "render" -d 'What dynamic configuration results?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "route" -d 'Which router would take this request, and which servers would get it?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "lint" -d 'What is wrong or about to go wrong? The CI step'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "check-policy" -d 'Do these IAM policies allow what the provider needs, and nothing it doesn\'t?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "diff" -d 'What would change in the routes?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "test" -d 'Unit tests for routing: tables of cases with the expected outcome'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "eval" -d 'Try one expression, template, rule or set of labels'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "doctor" -d 'Is the ground firm: settings, region, credentials, identity, endpoint, clusters?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "snapshot" -d 'Record the AWS answers to a file, to replay anywhere'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "migrate" -d 'Rewrite v1 labels and settings, and v2 rules, as v3'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "completions" -d 'Print a shell completion script, or a man page'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and not __fish_seen_subcommand_from discover explain render route lint check-policy diff test eval doctor snapshot migrate completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and __fish_seen_subcommand_from eval" -f -a "constraint" -d 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and __fish_seen_subcommand_from eval" -f -a "template" -d 'What does a default rule give?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and __fish_seen_subcommand_from eval" -f -a "rule" -d 'Is a rule valid, and would it match this request?'
complete -c ecsroute -n "__fish_ecsroute_using_subcommand help; and __fish_seen_subcommand_from eval" -f -a "labels" -d 'What do these labels decode to?'
