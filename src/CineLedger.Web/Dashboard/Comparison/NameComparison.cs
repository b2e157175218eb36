using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Explanations;

namespace CineLedger.Web.Dashboard.Comparison;

/// <summary>Two to five companies, studios or other names of one kind, by year.</summary>
/// <param name="Kind">The kind of the names.</param>
/// <param name="Measure">The measure that is compared, as in queries.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Query">The query by year and name.</param>
/// <param name="State">The state of the page, with the aggregate that the measure has.</param>
/// <param name="Names">The names that are compared.</param>
/// <param name="Unclear">Names that the ledger does not have, or that could be several, with what they may mean.</param>
/// <param name="Suggestions">The names with the most movies or the highest revenue of the year range.</param>
/// <param name="Difference">Why the first two names differ; null if there are not two sums.</param>
public sealed record NameComparison(
    NameKind Kind,
    string Measure,
    string Heading,
    PageQuery Query,
    PageState State,
    ChartView Chart,
    TableView Table,
    IReadOnlyList<string> Names,
    IReadOnlyList<(string Name, IReadOnlyList<NameCandidate> Candidates)> Unclear,
    IReadOnlyList<string> Suggestions,
    Waterfall? Difference)
{
    public const int MaxNames = 5;
    private const int MaxSuggestions = 8;

    public string Title => Names.Count == 0 ? $"Compare {Kind.Section}" : $"Compare {string.Join(", ", Names)}";

    public static async Task<NameComparison> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var kind = NameKind.All.First(known => known.Dimension == (request.Values.Get(ComparePages.Kind) ?? NameKind.Studio.Dimension));
        var use = Measures.Parse(request.Values.Get(ComparePages.Measure) ?? ComparePages.Measures[0]);
        var (names, unclear) = await ResolveAsync(request, kind, cancellationToken);

        // Only totals have shares.
        var state = use.Applied is null ? request.State : request.State with { Aggregate = Aggregate.Sum };
        var measure = use.Applied?.ToString() ?? use.Measure.Name;
        string[] measures = [.. new[] { measure, "releases", (use.Applied?.Of.Measure ?? use.Measure).Known ?? "releases" }.Distinct(StringComparer.Ordinal)];
        var query = new PageQuery { By = ["year", kind.Dimension], Measures = measures, Where = [.. names.Select(name => PageQuery.FilterByName(kind.Dimension, name))] };
        var sumQuery = query with { By = [kind.Dimension], Where = [.. query.Where, "year is known"] };
        var rows = names.Count == 0 ? [] : (await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken)).Rows;
        var sums = names.Count == 0 ? [] : (await request.Ledger.QueryAsync(sumQuery.CreateRequest(state), cancellationToken)).Rows
            .ToDictionary(row => row.GetText(kind.Dimension), StringComparer.Ordinal);
        var largest = await ReadLargestAsync(request, kind, cancellationToken);
        return new NameComparison(
            kind,
            measure,
            use.GetHeading(),
            query,
            state,
            ComparisonTables.CreateChart(kind, use, names, rows, kind == NameKind.Studio ? PalettePlaces.Assign(names, largest) : null),
            ComparisonTables.CreateTable(request, state, kind, use, names, rows, sums),
            names,
            unclear,
            [.. largest.Except(names).Take(MaxSuggestions)],
            CreateDifference(state, use, names, sums));
    }

    /// <summary>Returns the names of the ledger for those in the address.</summary>
    private static async Task<(IReadOnlyList<string> Names, IReadOnlyList<(string, IReadOnlyList<NameCandidate>)> Unclear)> ResolveAsync(
        PageRequest request, NameKind kind, CancellationToken cancellationToken)
    {
        string[] written = [.. request.Values.Get(ComparePages.Names).Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        if (written.Length > MaxNames)
        {
            throw Errors.Problems.InvalidParameter("name", $"{written.Length} {kind.Section} are too many: at most {MaxNames} can be compared.");
        }

        var (names, unclear) = (new List<string>(), new List<(string, IReadOnlyList<NameCandidate>)>());
        foreach (var name in written)
        {
            // The exact name of a company wins, even if it could also stand for a studio or a longer name.
            var exact = await request.Ledger.FindCandidatesAsync(kind.Dimension, PageQuery.ToExact(kind.Dimension, name), cancellationToken);
            var candidates = exact is [var own] && own.Dimension == kind.Dimension ? exact : await request.Ledger.FindCandidatesAsync(kind.Dimension, name, cancellationToken);
            if (candidates is [var only] && only.Dimension == kind.Dimension)
            {
                names.Add(only.Name);
            }
            else
            {
                unclear.Add((name, [.. candidates.Where(candidate => candidate.Dimension == kind.Dimension)]));
            }
        }

        return ([.. names.Distinct(StringComparer.Ordinal)], unclear);
    }

    /// <summary>Returns the names with the highest revenue, the highest first.</summary>
    private static async Task<IReadOnlyList<string>> ReadLargestAsync(PageRequest request, NameKind kind, CancellationToken cancellationToken)
    {
        var largest = new PageQuery { By = [kind.Dimension], Measures = ["revenue"], Order = ["revenue:desc"], Limit = MaxSuggestions + MaxNames, Where = ["year is known"] };
        var rows = (await request.Ledger.QueryAsync(largest.CreateRequest(request.State with { Aggregate = Aggregate.Sum }), cancellationToken)).Rows;
        return [.. rows.Select(row => row.GetText(kind.Dimension))];
    }

    private static Waterfall? CreateDifference(PageState state, SelectedMeasure use, IReadOnlyList<string> names, Dictionary<string, ResultRow> sums)
    {
        var isSum = use.Applied is null && use.IsAdditive(new QueryRequest { Measures = [use], Aggregate = state.Aggregate });
        if (!isSum || use.Measure.Known is not { } known || names.Count < 2
            || !sums.TryGetValue(names[0], out var first) || !sums.TryGetValue(names[1], out var second)
            || first.GetNumber(use.Column) is not { } one || second.GetNumber(use.Column) is not { } other)
        {
            return null;
        }

        return Waterfall.CreateDifference(
            $"From {names[0]} to {names[1]}", use.Measure.GetDisplayUnit(), (names[0], one, first.GetInteger(known)), (names[1], other, second.GetInteger(known)), splits: true);
    }
}
