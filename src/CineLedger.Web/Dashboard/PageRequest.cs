using CineLedger.Model;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>A request for a page, read and checked; components have it as a cascading value.</summary>
/// <param name="Path">Of the page, as it stands in the address: links to itself begin with it.</param>
/// <param name="Values">All its parameters.</param>
/// <param name="State">Those that go along to other pages.</param>
/// <param name="Ledger">As of the snapshot that is asked for.</param>
/// <param name="Newest">The newest snapshot that there is.</param>
public sealed record PageRequest(string Path, ParameterValues Values, PageState State, PageLedger Ledger, Snapshot Newest)
{
    public Snapshot Snapshot => Ledger.Snapshot;

    /// <summary>The page's own parameters, as they stand in the address; but for where in a list one is, which is of this very question.</summary>
    public IEnumerable<(string Name, string Value)> OwnParameters
    {
        get => field ?? Values.Pairs.Where(pair => pair.Name != CommonParameters.Cursor.Name && !PageState.Parameters.Any(known => known.Name == pair.Name));
        init;
    }

    /// <summary>The address of this page in another state, with its own parameters kept.</summary>
    public string GetAddress(PageState state, params (string Name, string? Value)[] changes)
    {
        var own = OwnParameters.Where(pair => !changes.Any(change => change.Name == pair.Name)).Select(pair => (pair.Name, (string?)pair.Value));
        return state.GetLink(Path, [.. own, .. changes]);
    }

    /// <summary>The address of this page with some of its own parameters changed, null for none.</summary>
    public string GetAddress(params (string Name, string? Value)[] changes) => GetAddress(State, changes);
}
