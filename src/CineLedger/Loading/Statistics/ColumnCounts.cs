using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>The values of a column of the movies, as numbers or texts.</summary>
internal sealed class ColumnCounts(MovieField field)
{
    private ValueStatistics? _numbers;

    public MovieField Field { get; } = field;

    /// <summary>The values of a column of texts, words or Booleans; null for others.</summary>
    public TextCounts? Texts { get; } = HasTexts(field.Kind) ? new(hasLengths: field.Kind != MovieFieldKind.Boolean) : null;

    /// <summary>The values of a column of numbers or dates; null for others.</summary>
    public NumberCounts? Numbers { get; } = field.Kind switch
    {
        MovieFieldKind.Amount or MovieFieldKind.Minutes or MovieFieldKind.Count => NumberCounts.ForWholeNumbers(),
        MovieFieldKind.Decimal => NumberCounts.ForMillionths(),
        MovieFieldKind.Date => NumberCounts.ForDays(),
        _ => null,
    };

    public static bool HasTexts(MovieFieldKind kind) => kind is MovieFieldKind.Text or MovieFieldKind.Word or MovieFieldKind.Collection or MovieFieldKind.Boolean;

    /// <summary>Returns the known text of a movie.</summary>
    public string GetText(Movie movie) => Field.GetValue(movie) is bool value ? (value ? "true" : "false") : Field.Format(movie)!;

    /// <summary>Removes the value of a movie by its index.</summary>
    public void Remove(int movie)
    {
        Texts?.Remove(movie);
        Numbers?.Remove(movie);
    }

    /// <summary>Counts the values. Call it when all movies are added.</summary>
    /// <param name="keys">Space for as many numbers as there are movies.</param>
    /// <param name="space">More space of this size.</param>
    public void Count(Span<ulong> keys, Span<ulong> space)
    {
        Texts?.Count(keys, space);
        _numbers = Numbers?.Summarize(keys, space);
    }

    /// <summary>Returns the statistics; null if a query must determine them. Call it after <see cref="Count"/>.</summary>
    /// <param name="getText">Returns the text of a movie by its index.</param>
    public ValueStatistics? Summarize(Func<int, string> getText) => Texts is { } texts ? texts.Summarize(getText) : _numbers;
}
