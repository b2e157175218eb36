using System.Globalization;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.NormalMonths;

/// <summary>
/// A movies file that changes from month to month as TMDB's data does. It starts with seven tenths of the movies of a dataset; the others are added over time, half
/// of them as new releases with few votes and mostly unknown amounts.
/// </summary>
internal sealed class MovieMonths
{
    private static readonly DateTime Start = new(2017, 11, 1);
    private readonly Random _random;
    private readonly Queue<string[]> _others;
    private readonly MonthlyEdits _edits;
    private long _lastId;
    private string[]? _duplicate;

    public MovieMonths(MovieTable dataset, int seed)
    {
        _random = new(seed);
        Movies = dataset.Copy();
        var rows = Movies.Rows.ToArray();
        _random.Shuffle(rows);
        var start = rows.Length * 7 / 10;
        _others = new(rows[start..]);
        var others = _others.Select(GetId).ToHashSet();
        Movies.Rows = [.. Movies.Rows.Where(row => !others.Contains(GetId(row)))];
        _lastId = dataset.Rows.Max(row => long.Parse(GetId(row), CultureInfo.InvariantCulture));
        _edits = new(Movies, _random);
    }

    /// <summary>The number of months since the start.</summary>
    public int Month { get; private set; }

    /// <summary>The movies of the current month.</summary>
    public MovieTable Movies { get; }

    /// <summary>The number of distinct movies.</summary>
    public int Count => Movies.Rows.Select(GetId).Distinct().Count();

    /// <summary>Moves to the next month.</summary>
    public void Advance()
    {
        Month++;
        MergeDuplicate();
        Remove(_random.Next(6));
        _edits.ChangeVotes();
        _edits.ChangePopularity();
        _edits.AddAmounts(0.01);
        _edits.CorrectAmounts(6);
        _edits.ChangeTexts();
        _edits.ChangeLists(0.005);
        _edits.ChangeDates(5);
        _edits.ChangeStatuses(4);
        _edits.RenameCompanies(_random.Next(4));
        if (Month == 10)
        {
            _edits.RenameLargestCompany();
        }

        Add((int)Math.Ceiling(Movies.Rows.Count * (0.005 + (0.015 * _random.NextDouble()))));
        AddDuplicate();
        if (Month == 7)
        {
            // The order of the records means nothing.
            Movies.Rows = [.. Movies.Rows.OrderBy(row => long.Parse(GetId(row), CultureInfo.InvariantCulture))];
        }
    }

    private string GetId(string[] row) => row[Movies["id"]];

    private void Remove(int count)
    {
        for (; count > 0; count--)
        {
            var removed = GetId(Movies.Rows[_random.Next(Movies.Rows.Count)]);
            Movies.Rows.RemoveAll(row => GetId(row) == removed);
        }
    }

    private void Add(int count)
    {
        for (; count > 0 && _others.TryDequeue(out var row); count--)
        {
            if (_random.Next(2) == 0)
            {
                MakeNewRelease(row);
            }

            Movies.Rows.Add(row);
        }
    }

    private void MakeNewRelease(string[] row)
    {
        row[Movies["release_date"]] = Start.AddMonths(Month).AddDays(_random.Next(-60, 60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _edits.SetVotes(row, _random.Next(30));
        row[Movies["status"]] = _random.Next(10) == 0 ? "Post Production" : "Released";
        foreach (var column in (string[])["budget", "revenue"])
        {
            row[Movies[column]] = _random.Next(10) < 8 ? "0" : row[Movies[column]];
        }
    }

    /// <summary>Adds a movie that the dataset already has, as users do by mistake.</summary>
    private void AddDuplicate()
    {
        _duplicate = (string[])Movies.Rows[_random.Next(Movies.Rows.Count)].Clone();
        _duplicate[Movies["id"]] = (++_lastId).ToString(CultureInfo.InvariantCulture);
        _edits.SetVotes(_duplicate, 1);
        Movies.Rows.Add(_duplicate);
    }

    /// <summary>Merges last month's duplicate into its original: its id disappears.</summary>
    private void MergeDuplicate() => Movies.Rows.RemoveAll(row => _duplicate is not null && GetId(row) == GetId(_duplicate));
}
