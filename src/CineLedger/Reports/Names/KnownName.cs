namespace CineLedger.Reports.Names;

/// <summary>A name that movies have in a dimension.</summary>
/// <param name="Name">The name in the ledger.</param>
/// <param name="Aliases">Other ways to write it, such as the code of a country.</param>
/// <param name="Movies">Its movies in the snapshot; 0 if they have not been counted.</param>
public sealed record KnownName(string Name, IReadOnlyList<string> Aliases, long Movies)
{
    internal NameForm Form => field ??= new(Name);

    internal IReadOnlyList<NameForm> AllForms => field ??= Aliases.Count == 0 ? [Form] : [Form, .. Aliases.Select(alias => new NameForm(alias))];

    internal bool HasForm(Func<NameForm, bool> matches)
    {
        foreach (var form in AllForms)
        {
            if (matches(form))
            {
                return true;
            }
        }

        return false;
    }
}
