using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports.Names;

/// <summary>Refuses years in which the ledger has no movies: an empty result would look like an answer.</summary>
internal static class KnownYears
{
    /// <summary>Throws <see cref="UsageException"/>, which names the years that exist, if the conditions on years leave none with movies.</summary>
    public static async Task CheckAsync(NameSource source, IReadOnlyList<QueryFilter> where, CancellationToken cancellationToken)
    {
        var years = where.Where(filter => filter.Field is { Form: ValueForm.Year } && filter.Value is int).ToList();
        var equal = years.Where(filter => filter.Operator == FilterOperator.Equal).Select(filter => (int)filter.Value!).ToList();
        var bounds = years.Where(filter => filter.Operator is not (FilterOperator.Equal or FilterOperator.NotEqual)).ToList();
        if (equal.Count + bounds.Count == 0)
        {
            return;
        }

        var from = Math.Max(GetBound(FilterOperator.GreaterOrEqual, 0, int.MinValue, most: true), GetBound(FilterOperator.Greater, 1, int.MinValue, most: true));
        var to = Math.Min(GetBound(FilterOperator.LessOrEqual, 0, int.MaxValue, most: false), GetBound(FilterOperator.Less, -1, int.MaxValue, most: false));
        (from, to) = equal.Count == 0 ? (from, to) : (Math.Max(from, equal.Min()), Math.Min(to, equal.Max()));
        if (await source.HasYearsAsync(from, to, cancellationToken).ConfigureAwait(false)
            || await source.FindYearsAsync(int.MinValue, int.MaxValue, cancellationToken).ConfigureAwait(false) is not { } span)
        {
            return;
        }

        var option = years[0].Option;
        var requested = from == to ? FormatYear(from)
            : from == int.MinValue ? $"years up to {FormatYear(to)}"
            : to == int.MaxValue ? $"years from {FormatYear(from)}"
            : $"{FormatYear(from)} to {FormatYear(to)}";
        throw new UsageException($"{option}: the ledger has no movies of {requested}; it has movies of {FormatYear(span.First)} to {FormatYear(span.Last)}.");

        int GetBound(FilterOperator comparison, int offset, int none, bool most)
        {
            var values = bounds.Where(filter => filter.Operator == comparison).Select(filter => (int)filter.Value! + offset).ToList();
            return values.Count == 0 ? none : most ? values.Max() : values.Min();
        }
    }

    private static string FormatYear(int year) => year.ToString(CultureInfo.InvariantCulture);
}
