
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'ecsroute' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'ecsroute'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'ecsroute' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('discover', 'discover', [CompletionResultType]::ParameterValue, 'What would Traefik find, and what becomes of it?')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Why is this container (not) routed? Every step, its input and its outcome')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'What dynamic configuration results?')
            [CompletionResult]::new('route', 'route', [CompletionResultType]::ParameterValue, 'Which router would take this request, and which servers would get it?')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'What is wrong or about to go wrong? The CI step')
            [CompletionResult]::new('check-policy', 'check-policy', [CompletionResultType]::ParameterValue, 'Do these IAM policies allow what the provider needs, and nothing it doesn''t?')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'What would change in the routes?')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Unit tests for routing: tables of cases with the expected outcome')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try one expression, template, rule or set of labels')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Is the ground firm: settings, region, credentials, identity, endpoint, clusters?')
            [CompletionResult]::new('snapshot', 'snapshot', [CompletionResultType]::ParameterValue, 'Record the AWS answers to a file, to replay anywhere')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Rewrite v1 labels and settings, and v2 rules, as v3')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script, or a man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsroute;discover' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Only containers whose ECS service or service name matches; `*` stands for any run of characters')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a page beside the result: the fleet as a picture, and every container explained')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Only containers that are not routed for this reason: `port-missing`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--routed', '--routed', [CompletionResultType]::ParameterName, 'Only containers that are routed')
            [CompletionResult]::new('--skipped', '--skipped', [CompletionResultType]::ParameterName, 'Only containers that are not routed')
            [CompletionResult]::new('--wide', '--wide', [CompletionResultType]::ParameterName, 'Every replica on a line of its own, with its task and address')
            [CompletionResult]::new('--as-traefik', '--as-traefik', [CompletionResultType]::ParameterName, 'Write even a pass that is not complete to the output file, as Traefik would publish it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;explain' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--require-routed', '--require-routed', [CompletionResultType]::ParameterName, 'Exit 1 unless every container that matches is routed')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;render' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks; TOML and YAML load in Traefik''s file provider')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks; TOML and YAML load in Traefik''s file provider')
            [CompletionResult]::new('--events', '--events', [CompletionResultType]::ParameterName, 'With --watch: a line of JSON on stdout for each change')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Render through a template: one that is built in by name, or a file')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--as-traefik', '--as-traefik', [CompletionResultType]::ParameterName, 'Write even a pass that is not complete to the output file, as Traefik would publish it')
            [CompletionResult]::new('--template-data', '--template-data', [CompletionResultType]::ParameterName, 'Print what a template gets, as JSON with its schema')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Keep polling and rewrite the output file whenever something changes')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;route' {
            [CompletionResult]::new('--sni', '--sni', [CompletionResultType]::ParameterName, 'The server name of the TLS handshake, where it isn''t the URL''s host')
            [CompletionResult]::new('-X', '-X ', [CompletionResultType]::ParameterName, 'The request''s method')
            [CompletionResult]::new('--method', '--method', [CompletionResultType]::ParameterName, 'The request''s method')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header of the request, as `Name: value` (repeatable)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header of the request, as `Name: value` (repeatable)')
            [CompletionResult]::new('--client-ip', '--client-ip', [CompletionResultType]::ParameterName, 'The client''s address [default: the log''s, or 127.0.0.1]')
            [CompletionResult]::new('--entrypoint', '--entrypoint', [CompletionResultType]::ParameterName, 'The entry point that the connection is made to [default: the one of the URL''s port]')
            [CompletionResult]::new('--requests', '--requests', [CompletionResultType]::ParameterName, 'Many requests: a URL a line, or an access log in common or JSON form; `-` is standard input')
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;lint' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'What is judged and how, in place of the nearest ecsroute.toml in this directory and above')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'The least severity that makes the exit status 1 [default: error]')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Findings in this file are known and don''t count')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write the findings to a baseline')
            [CompletionResult]::new('--upgrade', '--upgrade', [CompletionResultType]::ParameterName, 'What changes for this fleet between two releases, as `v2.11..v3.7`')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Only these rules, by id, name or prefix (repeatable)')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'All but these rules (repeatable)')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'What a rule is about, why it matters, an example, and the fix')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Judge the files among what runs in AWS now')
            [CompletionResult]::new('--fail-on-unknown', '--fail-on-unknown', [CompletionResultType]::ParameterName, 'Exit 1 when something could not be judged')
            [CompletionResult]::new('--rules', '--rules', [CompletionResultType]::ParameterName, 'List every rule')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what is mechanical; shown as a diff unless --write')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'With --fix: change the files')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;check-policy' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--boundary', '--boundary', [CompletionResultType]::ParameterName, 'The permissions boundary')
            [CompletionResult]::new('--scp', '--scp', [CompletionResultType]::ParameterName, 'Service control policies of one level, from the organization''s root down; commas within a level (repeatable)')
            [CompletionResult]::new('--session-policy', '--session-policy', [CompletionResultType]::ParameterName, 'The session policy')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'What is known of the request: a condition key, or account, region, partition (repeatable)')
            [CompletionResult]::new('--task-role-of', '--task-role-of', [CompletionResultType]::ParameterName, 'Judge the task role of this ECS service, read from IAM where that is allowed')
            [CompletionResult]::new('--suggest', '--suggest', [CompletionResultType]::ParameterName, 'Print the smallest policy that suffices')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'The least change to this policy, as a diff')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--documented', '--documented', [CompletionResultType]::ParameterName, 'Ask for every action that Traefik''s documentation lists')
            [CompletionResult]::new('--live', '--live', [CompletionResultType]::ParameterName, 'Ask AWS too, beside the files')
            [CompletionResult]::new('--allow-conditional', '--allow-conditional', [CompletionResultType]::ParameterName, 'A verdict that depends on what isn''t known counts as allowed')
            [CompletionResult]::new('--strict', '--strict', [CompletionResultType]::ParameterName, 'Exit 1 when more than needed is granted')
            [CompletionResult]::new('--unscoped', '--unscoped', [CompletionResultType]::ParameterName, 'With --suggest: on every resource, not per cluster')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;diff' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--settings-b', '--settings-b', [CompletionResultType]::ParameterName, 'A provider option that holds for B alone, as NAME=VALUE (repeatable)')
            [CompletionResult]::new('--deploy', '--deploy', [CompletionResultType]::ParameterName, 'What this revision would change, and what Traefik publishes while old and new tasks overlap')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;test' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'The kind of the cases [default: told by their fields]')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;eval' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('constraint', 'constraint', [CompletionResultType]::ParameterValue, 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'What does a default rule give?')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Is a rule valid, and would it match this request?')
            [CompletionResult]::new('labels', 'labels', [CompletionResultType]::ParameterValue, 'What do these labels decode to?')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsroute;eval;constraint' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--labels', '--labels', [CompletionResultType]::ParameterName, 'A JSON object of labels, or a container definition with `dockerLabels`')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;eval;template' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, '`.Name`: the service''s default name')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--labels', '--labels', [CompletionResultType]::ParameterName, 'A JSON object of labels, or a container definition with `dockerLabels`')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;eval;rule' {
            [CompletionResult]::new('--request', '--request', [CompletionResultType]::ParameterName, 'A request, as `METHOD URL` or a URL')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header of the request (repeatable)')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header of the request (repeatable)')
            [CompletionResult]::new('--client-ip', '--client-ip', [CompletionResultType]::ParameterName, 'The client''s address')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What sort of router')
            [CompletionResult]::new('--sni', '--sni', [CompletionResultType]::ParameterName, 'TCP: the server name of the TLS handshake')
            [CompletionResult]::new('--alpn', '--alpn', [CompletionResultType]::ParameterName, 'TCP: a protocol that the client offers (repeatable)')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--syntax', '--syntax', [CompletionResultType]::ParameterName, 'The rule language: v3 or v2')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;eval;labels' {
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--label', '--label', [CompletionResultType]::ParameterName, 'A label (repeatable)')
            [CompletionResult]::new('--labels', '--labels', [CompletionResultType]::ParameterName, 'A JSON object of labels, or a container definition with `dockerLabels`')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;eval;help' {
            [CompletionResult]::new('constraint', 'constraint', [CompletionResultType]::ParameterValue, 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'What does a default rule give?')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Is a rule valid, and would it match this request?')
            [CompletionResult]::new('labels', 'labels', [CompletionResultType]::ParameterValue, 'What do these labels decode to?')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsroute;eval;help;constraint' {
            break
        }
        'ecsroute;eval;help;template' {
            break
        }
        'ecsroute;eval;help;rule' {
            break
        }
        'ecsroute;eval;help;labels' {
            break
        }
        'ecsroute;eval;help;help' {
            break
        }
        'ecsroute;doctor' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the result to FILE: beside it first, then renamed; an unchanged file is left untouched')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;snapshot' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write to FILE instead of stdout; `.gz` compresses')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to FILE instead of stdout; `.gz` compresses')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--include-environment', '--include-environment', [CompletionResultType]::ParameterName, 'Keep the environment variables of container definitions, which may hold secrets')
            [CompletionResult]::new('--as-traefik', '--as-traefik', [CompletionResultType]::ParameterName, 'Write even a pass that is not complete')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;migrate' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Replay recorded AWS answers instead of asking; `-` is standard input, `.gz` is read as is')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile of the shared AWS configuration')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'The AWS region')
            [CompletionResult]::new('--endpoint-url', '--endpoint-url', [CompletionResultType]::ParameterName, 'Another endpoint for every AWS service')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role first')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'The external id that the role asks for')
            [CompletionResult]::new('--concurrency', '--concurrency', [CompletionResultType]::ParameterName, 'How many calls may be under way at once')
            [CompletionResult]::new('--max-rate', '--max-rate', [CompletionResultType]::ParameterName, 'Calls a second for each action, so that Traefik and deploys keep their share; 0 for no limit')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Give up after this long, as `30s`, `2m` or `500ms`')
            [CompletionResult]::new('--static-config', '--static-config', [CompletionResultType]::ParameterName, 'Traefik''s own static configuration, YAML or TOML [default: where Traefik looks for it]')
            [CompletionResult]::new('--static-from', '--static-from', [CompletionResultType]::ParameterName, 'Read Traefik''s settings from its own task definition: a file, or a service''s name')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'What if: search this cluster, by name or ARN (repeatable)')
            [CompletionResult]::new('--auto-discover-clusters', '--auto-discover-clusters', [CompletionResultType]::ParameterName, 'What if: search every cluster of the account')
            [CompletionResult]::new('--constraints', '--constraints', [CompletionResultType]::ParameterName, 'What if: keep only containers whose labels satisfy this')
            [CompletionResult]::new('--exposed-by-default', '--exposed-by-default', [CompletionResultType]::ParameterName, 'What if: take containers that have no `traefik.enable`')
            [CompletionResult]::new('--default-rule', '--default-rule', [CompletionResultType]::ParameterName, 'What if: the rule of routers that have none')
            [CompletionResult]::new('--healthy-tasks-only', '--healthy-tasks-only', [CompletionResultType]::ParameterName, 'What if: take only tasks that are HEALTHY')
            [CompletionResult]::new('--ecs-anywhere', '--ecs-anywhere', [CompletionResultType]::ParameterName, 'What if: ask SSM for the addresses of external instances')
            [CompletionResult]::new('--refresh-seconds', '--refresh-seconds', [CompletionResultType]::ParameterName, 'What if: the polling interval')
            [CompletionResult]::new('--template-env', '--template-env', [CompletionResultType]::ParameterName, 'A variable that the default rule''s `env` may see, as NAME=VALUE, or NAME for this environment''s (repeatable)')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the result looks')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write the migrated files into DIR')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the migrated files into DIR')
            [CompletionResult]::new('--traefik', '--traefik', [CompletionResultType]::ParameterName, 'Whose behaviour: v3 (3.7), v2 (2.11), v1 (1.7), or a release')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'A fleet that is built into the program, with settings of its own: no AWS, no file, no variable is read')
            [CompletionResult]::new('--stats', '--stats', [CompletionResultType]::ParameterName, 'What the reading cost, beside what Traefik''s own costs')
            [CompletionResult]::new('--no-static-config', '--no-static-config', [CompletionResultType]::ParameterName, 'Do not look for a static configuration')
            [CompletionResult]::new('--show-settings', '--show-settings', [CompletionResultType]::ParameterName, 'Print each effective setting and where it came from')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Change the files in place')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Route generated requests through both and show where they differ')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;completions' {
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Complete the names of the clusters and services of this snapshot, too')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Less on stderr: errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'More on stderr: where settings, region and credentials came from; twice: every call')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'ecsroute;help' {
            [CompletionResult]::new('discover', 'discover', [CompletionResultType]::ParameterValue, 'What would Traefik find, and what becomes of it?')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Why is this container (not) routed? Every step, its input and its outcome')
            [CompletionResult]::new('render', 'render', [CompletionResultType]::ParameterValue, 'What dynamic configuration results?')
            [CompletionResult]::new('route', 'route', [CompletionResultType]::ParameterValue, 'Which router would take this request, and which servers would get it?')
            [CompletionResult]::new('lint', 'lint', [CompletionResultType]::ParameterValue, 'What is wrong or about to go wrong? The CI step')
            [CompletionResult]::new('check-policy', 'check-policy', [CompletionResultType]::ParameterValue, 'Do these IAM policies allow what the provider needs, and nothing it doesn''t?')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'What would change in the routes?')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Unit tests for routing: tables of cases with the expected outcome')
            [CompletionResult]::new('eval', 'eval', [CompletionResultType]::ParameterValue, 'Try one expression, template, rule or set of labels')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Is the ground firm: settings, region, credentials, identity, endpoint, clusters?')
            [CompletionResult]::new('snapshot', 'snapshot', [CompletionResultType]::ParameterValue, 'Record the AWS answers to a file, to replay anywhere')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Rewrite v1 labels and settings, and v2 rules, as v3')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a shell completion script, or a man page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'ecsroute;help;discover' {
            break
        }
        'ecsroute;help;explain' {
            break
        }
        'ecsroute;help;render' {
            break
        }
        'ecsroute;help;route' {
            break
        }
        'ecsroute;help;lint' {
            break
        }
        'ecsroute;help;check-policy' {
            break
        }
        'ecsroute;help;diff' {
            break
        }
        'ecsroute;help;test' {
            break
        }
        'ecsroute;help;eval' {
            [CompletionResult]::new('constraint', 'constraint', [CompletionResultType]::ParameterValue, 'Do these labels satisfy a constraint? Exit 0 if so, 1 if not')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'What does a default rule give?')
            [CompletionResult]::new('rule', 'rule', [CompletionResultType]::ParameterValue, 'Is a rule valid, and would it match this request?')
            [CompletionResult]::new('labels', 'labels', [CompletionResultType]::ParameterValue, 'What do these labels decode to?')
            break
        }
        'ecsroute;help;eval;constraint' {
            break
        }
        'ecsroute;help;eval;template' {
            break
        }
        'ecsroute;help;eval;rule' {
            break
        }
        'ecsroute;help;eval;labels' {
            break
        }
        'ecsroute;help;doctor' {
            break
        }
        'ecsroute;help;snapshot' {
            break
        }
        'ecsroute;help;migrate' {
            break
        }
        'ecsroute;help;completions' {
            break
        }
        'ecsroute;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
