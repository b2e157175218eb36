using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger completion SHELL</c>: prints a script with which a shell completes commands, options, values and names.</summary>
internal static class CompletionCommand
{
    /// <summary>
    /// Bash breaks words at = and :, so that only the part after the last of them is completed. It quotes a completed word itself only if the word began with a quote.
    /// </summary>
    private const string Bash =
        """
        # Completion of cineledger in bash: source <(cineledger completion bash)
        _cineledger() {
            local line=${COMP_LINE:0:COMP_POINT} current=${COMP_WORDS[COMP_CWORD]} candidate
            local typed=${line##* }
            local before=${typed%"${typed##*[=:]}"}
            COMPREPLY=()
            while IFS= read -r candidate; do
                case $current in
                    [\"\']*) ;;
                    *)
                        candidate=${candidate#"$before"}
                        [[ $candidate == *[!A-Za-z0-9_,.:=/@%+-]* ]] && printf -v candidate %q "$candidate"
                        ;;
                esac
                COMPREPLY+=("$candidate")
            done < <(cineledger complete -- "$line" 2>/dev/null)
            [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
            return 0
        }
        complete -o default -F _cineledger cineledger
        """;

    private const string Zsh =
        """
        #compdef cineledger
        # Completion of cineledger in zsh: source <(cineledger completion zsh), after compinit
        _cineledger() {
            local -a candidates
            candidates=("${(@f)$(cineledger complete -- "${LBUFFER}" 2>/dev/null)}")
            candidates=(${candidates:#})
            if (( ${#candidates} )); then
                compadd -M 'm:{a-zA-Z}={A-Za-z}' -a candidates
            else
                _files
            fi
        }
        compdef _cineledger cineledger
        """;

    private const string Fish =
        """
        # Completion of cineledger in fish: cineledger completion fish | source
        complete -c cineledger -a '(cineledger complete -- (commandline -cp | string collect) 2>/dev/null)'
        """;

    private const string PowerShell =
        """
        # Completion of cineledger in PowerShell: cineledger completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName cineledger -ScriptBlock {
            param($word, $ast, $position)
            $line = $ast.ToString().PadRight($position - $ast.Extent.StartOffset).Substring(0, $position - $ast.Extent.StartOffset)
            cineledger complete --escape '`' -- $line 2>$null | ForEach-Object {
                $text = if ($_ -match "[^A-Za-z0-9_,.:=/@%+-]") { "'" + $_.Replace("'", "''") + "'" } else { $_ }
                [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = PowerShell };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", Scripts.Keys)}." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(result =>
        {
            if (!Scripts.ContainsKey(result.Tokens[0].Value))
            {
                result.AddError($"SHELL: '{result.Tokens[0].Value}' is not one of {string.Join(", ", Scripts.Keys)}.");
            }
        });
        var command = new Command("completion", "Print a script with which a shell completes commands, options, their values, and names from the ledger.") { shell };
        command.SetAction((parsed, cancellationToken) => Terminal.WriteAsync([Scripts[parsed.GetValue(shell)!]], cancellationToken));
        command.AddExamples("completion bash > cineledger.bash", "completion zsh > _cineledger", "completion fish > cineledger.fish");
        return command;
    }
}
