using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Explanations;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Operations;
using CineLedger.Web.Dashboard.Entities;
using CineLedger.Web.Dashboard.Explore;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Quality;

namespace CineLedger.Web.Dashboard.Explanations;

/// <summary>The explanation of a figure: its parts, its unknown amounts, its change by the snapshot, the findings in its movies, and its query in other forms.</summary>
public sealed record FigureExplanation
{
    /// <summary>The heading of the measure.</summary>
    public required string Heading { get; init; }

    /// <summary>How the figure is computed.</summary>
    public required string Meaning { get; init; }

    public required IReadOnlyList<Fact> Facts { get; init; }
    public required Waterfall? Waterfall { get; init; }

    /// <summary>The change from the years before; null unless it is requested.</summary>
    public required PeriodComparison? Comparison { get; init; }
    public required IReadOnlyList<UnknownPart> Unknown { get; init; }

    /// <summary>The change of the figure by the snapshot; null for the oldest snapshot.</summary>
    public required FigureChange? Change { get; init; }
    public required TableView? ChangedMovies { get; init; }
    public required TableView Findings { get; init; }
    public required ExploreAddress Address { get; init; }
    public required string Sql { get; init; }
    public required Unit Unit { get; init; }

    public static async Task<FigureExplanation> ReadAsync(FigureQuery figure, CancellationToken cancellationToken)
    {
        var (request, ledger, state) = (figure.Request, figure.Request.Ledger, figure.Request.State);
        var page = figure.ToPageQuery();
        var query = await figure.ResolveAsync(page, state, cancellationToken);
        var selection = (await ledger.ResolveAsync(figure.Filter.CreateRequest(state), cancellationToken)).Query;
        var row = (await ledger.QueryAsync(query, cancellationToken)).Rows is [var only] ? only : null;
        var comparison = request.Values.Get(ExplanationParameters.Compare) is null ? null : await PeriodComparison.ReadAsync(figure, row, cancellationToken);
        var text = QuerySql.BuildText(query, request.Snapshot.Id);
        var single = query with { Measures = [query.Measures[0]] };
        var change = (await ledger.ReadAsync(
            $"change of {figure.Use.Column} {text}",
            async (connection, cancel) => new Changes(await FigureChange.ReadAsync(connection, single, selection, request.Snapshot, cancel)),
            cancellationToken)).Value;
        var unit = figure.Use.Applied is null ? figure.Measure.GetDisplayUnit() : Unit.Percent;
        return new FigureExplanation
        {
            Heading = figure.Use.GetHeading() + (figure.Use.Aggregate is null && figure.Measure.Kind == MeasureKind.Amount && state.Aggregate != Aggregate.Sum
                ? $", {ReportOptionNames.GetTitle(state.Aggregate)}"
                : ""),
            Meaning = figure.Use.Applied is { } applied ? $"{ReportOptionNames.ToHeading(applied.Function.Meaning)}." : $"{ReportOptionNames.ToHeading(figure.Measure.Meaning)}.",
            Facts = CreateFacts(figure, row, unit, comparison),
            Waterfall = comparison is null ? await WaterfallReader.ReadAsync(figure, row, cancellationToken) : comparison.Steps,
            Comparison = comparison,
            Unknown = await ReadUnknownAsync(figure, selection, row, cancellationToken),
            Change = change,
            ChangedMovies = change is null ? null : CreateChangeTable(request, change, figure.Measure.Kind is MeasureKind.Count ? null : MeasureDisplay.GetUnit(figure.Column)),
            Findings = await ReadFindingsAsync(request, selection, text, cancellationToken),
            Address = new ExploreAddress
            {
                State = state.WithoutYears with { Popularity = default },
                Dimensions = page.By,
                Measures = page.Measures,
                Filters = [.. state.YearFilters, .. page.Where],
                OtherParameters = [],
            },
            Sql = text,
            Unit = unit,
        };
    }

    private static Fact[] CreateFacts(FigureQuery figure, ResultRow? row, Unit unit, PeriodComparison? comparison)
    {
        var (releases, known) = (row?.GetInteger("releases") ?? 0, figure.Measure.Known is { } column && row is not null ? row.GetInteger(column) : (long?)null);
        Fact value = new(figure.Use.GetHeading(), row?[figure.Use.Column], unit)
        {
            Detail = known is null ? null : string.Create(CultureInfo.InvariantCulture, $"known for {known:N0}, unknown for {releases - known:N0}"),
        };
        Fact movies = new("Movies", releases, Unit.Count) { Detail = "each counted once" };
        return comparison is null
            ? figure.Use.Column == "releases" ? [movies] : [value, movies]
            : [value with { Name = comparison.Later }, new(comparison.Earlier, comparison.Before, unit), new("Change", comparison.Change, unit), movies];
    }

    private static async Task<IReadOnlyList<UnknownPart>> ReadUnknownAsync(FigureQuery figure, QueryRequest selection, ResultRow? row, CancellationToken cancellationToken)
    {
        // Profit counts all known revenues and budgets; each of them can be unknown.
        var parts = figure.Measure.Name == "profit" && figure.Aggregate == Aggregate.Sum ? ["revenue", "budget"] : new[] { figure.Measure.Name };
        var unknown = new List<UnknownPart>();
        var obstacle = figure.Use.Applied is not null || figure.Measure.Kind == MeasureKind.Ratio ? "a ratio" : figure.IsSplit ? "amounts that are split" : null;
        foreach (var part in row is null || figure.Measure.Kind is not (MeasureKind.Amount or MeasureKind.Ratio or MeasureKind.Value) ? [] : parts)
        {
            var use = Measures.Parse(part);
            var values = (await figure.Request.Ledger.ReadAsync(
                $"quartiles of {part} {QuerySql.BuildText(selection, figure.Request.Snapshot.Id)}",
                async (connection, cancel) => new Quartiles(await ValueQuartiles.ReadAsync(connection, selection, use, figure.Request.Snapshot, cancel)),
                cancellationToken)).Value;
            var total = part == figure.Measure.Name
                ? row!.GetNumber(figure.Use.Column)
                : (await figure.ReadAsync(figure.Request.State, [part], [], cancellationToken))?.GetNumber(part);
            if (values is not null)
            {
                unknown.Add(UnknownPart.Create(use.Measure.Title, use.Measure.GetDisplayUnit(), values, figure.Aggregate, total, obstacle));
            }
        }

        return unknown;
    }

    private static TableView CreateChangeTable(PageRequest request, FigureChange change, Unit? unit)
    {
        TableViewColumn[] values = unit is { } known ? [new("Before", known), new("Now", known)] : [];
        return new(
            "Movies that changed the figure",
            [new("Movie"), new("Change"), .. values],
            [
                .. change.Movies.Select(movie => new TableViewRow(
                [
                    new(movie.Title ?? movie.MovieId.ToString(CultureInfo.InvariantCulture))
                    {
                        Link = MovieLinks.GetMoviePath(movie.Kind == ChangeKind.Removed ? request.State with { Snapshot = change.Previous } : request.State, movie.MovieId),
                    },
                    new(movie.Kind switch
                    {
                        ChangeKind.Added => "now counted",
                        ChangeKind.Removed => "no longer counted",
                        _ => "other value",
                    }),
                    .. unit is null ? Array.Empty<TableViewCell>() : [new(movie.Before), new(movie.After)],
                ])),
            ])
        { EmptyText = "No movie of this figure changed." };
    }

    private static async Task<TableView> ReadFindingsAsync(PageRequest request, QueryRequest selection, string key, CancellationToken cancellationToken)
    {
        var findings = await request.Ledger.ReadAsync(
            $"findings of {key}", (connection, cancel) => SelectionFindings.ReadAsync(connection, selection, request.Snapshot, cancel), cancellationToken);
        return new(
            "Findings in the records of these movies",
            [new("Rule"), new("Kind"), new("Field"), new("Movies", Unit.Count), new("Examples")],
            [
                .. findings.Select(finding => new TableViewRow(
                [
                    new(finding.Rule) { Link = request.State.GetLink("/quality/findings", ("rule", finding.Rule)), Note = RuleDescriptions.GetDescription(finding.Rule) },
                    new(RuleDescriptions.GetKindTitle(finding.Kind)) { Note = RuleDescriptions.GetKindDescription(finding.Kind) },
                    new(finding.Field?.Replace('_', ' ') ?? "the whole record"),
                    new(finding.Movies),
                    new(EntityModel.CreateFragment<MovieExamples>((nameof(MovieExamples.State), request.State), (nameof(MovieExamples.Movies), finding.Examples))),
                ])),
            ])
        { EmptyText = "No findings: the records of these movies were used unchanged." };
    }

    private sealed record Changes(FigureChange? Value);

    private sealed record Quartiles(ValueQuartiles? Value);
}
