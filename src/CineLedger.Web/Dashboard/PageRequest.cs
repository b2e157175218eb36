using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Web.Http;

namespace CineLedger.Web.Dashboard;

/// <summary>A parsed and validated request for a page. Components receive it as a cascading value.</summary>
/// <param name="Path">The escaped path of the page. Links of the page to itself start with it.</param>
/// <param name="Values">All parameters of the request.</param>
/// <param name="State">The parameters that links to other pages keep.</param>
/// <param name="Ledger">The ledger as of the requested snapshot.</param>
/// <param name="Newest">The newest published snapshot.</param>
public sealed record PageRequest(string Path, ParameterValues Values, PageState State, PageLedger Ledger, Snapshot Newest)
{
    /// <summary>The parameter that shows all rows of the tables on a page, which otherwise show the first ones only.</summary>
    public static Parameter<string?> Rows { get; } = Parameter.CreateEnum("rows", ["all"], "Shows all rows of the tables.");

    /// <summary>The years of the movies that the page is about; none on a page without a timeline.</summary>
    public LedgerYears Years { get; init; } = new([], null);

    public Snapshot Snapshot => Ledger.Snapshot;

    public bool ShowsAllRows => Values.Has(Rows);

    /// <summary>The path of the page that shows several years, if it is another one.</summary>
    public string? RangePath { get; init; }

    /// <summary>Whether the reader may see why loads failed: an administrator, or a user of this machine.</summary>
    public bool ShowsDetails { get; init; }

    /// <summary>Whether the reader may start loads on this server.</summary>
    public bool MayLoad { get; init; }

    /// <summary>Whether pages of other origins may embed figures.</summary>
    public bool AllowsEmbedding { get; init; }

    /// <summary>The page's own parameters as given in the address, without the cursor and the rows, which apply to one view only.</summary>
    public IEnumerable<(string Name, string Value)> OwnParameters
    {
        get => field ?? Values.QueryPairs.Where(pair => pair.Name != CommonParameters.Cursor.Name && pair.Name != Rows.Name
            && !PageState.Parameters.Concat(FigureParameters.All).Any(known => known.Name == pair.Name));
        init;
    }

    /// <summary>
    /// Returns whether a year can lead a ranking. An incomplete year cannot, unless the reader selected a range of years.
    /// </summary>
    public bool IsRanked(long year) => State.HasYearRange || Years.IsComplete(year);

    /// <summary>Returns the address of this page in another state, with its own parameters kept.</summary>
    public string GetAddress(PageState state, params (string Name, string? Value)[] changes)
    {
        var own = OwnParameters.Where(pair => !changes.Any(change => change.Name == pair.Name)).Select(pair => (pair.Name, (string?)pair.Value));
        return state.GetLink(Path, [.. own, .. changes]);
    }

    /// <summary>Returns the address of this page for other years. The overview shows one year on a page of its own.</summary>
    public string GetYearsAddress(PageState state) =>
        RangePath is null ? GetAddress(state) : state.GetLink(state.From is { } year && state.To == year ? PageState.GetYearPath(year) : RangePath);

    /// <summary>Returns the address of this page with some of its own parameters changed; null removes one.</summary>
    public string GetAddress(params (string Name, string? Value)[] changes) => GetAddress(State, changes);
}
