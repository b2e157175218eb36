using System.Globalization;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.NormalMonths;

/// <summary>The edits and votes that a month brings to known movies.</summary>
internal sealed class MonthlyEdits(MovieTable movies, Random random)
{
    private const double PopularitySigma = 0.35;

    /// <summary>Most movies gain votes, a few lose some, and a fifth of the averages move by a tenth.</summary>
    public void ChangeVotes()
    {
        var (count, average) = (movies["vote_count"], movies["vote_average"]);
        foreach (var row in movies.Rows)
        {
            if (ReadNumber(row[count]) is { } votes)
            {
                SetVotes(row, random.NextDouble() switch { < 0.6 => votes + 1 + Math.Floor(votes * Math.Abs(DrawNormal()) * 0.03), > 0.97 => Math.Max(0, votes - 1), _ => votes });
            }

            if (ReadNumber(row[average]) is { } mean and > 0 && random.Next(5) == 0)
            {
                row[average] = Math.Clamp(mean + (random.Next(2) * 0.2) - 0.1, 0.5, 10).ToString("0.0", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Sets the number of votes. Without votes the average is 0; the first vote gives one.</summary>
    public void SetVotes(string[] row, double votes)
    {
        var average = movies["vote_average"];
        row[movies["vote_count"]] = Write(votes);
        if (votes == 0 || ReadNumber(row[average]) is null or 0)
        {
            row[average] = votes == 0 ? "0.0" : FormattableString.Invariant($"{random.Next(1, 11)}.0");
        }
    }

    public void ChangePopularity() =>
        movies.Change(
            "popularity",
            text => ReadNumber(text) is { } popularity
                ? Math.Max(popularity * Math.Exp(DrawNormal() * PopularitySigma), 0.000001).ToString("0.######", CultureInfo.InvariantCulture)
                : text);

    /// <summary>Gives a share of the movies without amounts those of another movie, and one of them the largest revenue by far.</summary>
    public void AddAmounts(double share)
    {
        var (budget, revenue) = (movies["budget"], movies["revenue"]);
        var known = movies.Rows.Where(row => ReadNumber(row[budget]) > 0 || ReadNumber(row[revenue]) > 0).ToList();
        foreach (var row in movies.Rows.Where(row => row[budget] == "0" || row[revenue] == "0").Where(Select(share)).ToList())
        {
            var other = known[random.Next(known.Count)];
            row[budget] = row[budget] == "0" ? other[budget] : row[budget];
            row[revenue] = row[revenue] == "0" ? other[revenue] : row[revenue];
        }

        if (random.Next(10) == 0)
        {
            var largest = movies.Rows.Max(row => ReadNumber(row[revenue]) ?? 0);
            movies.Rows[random.Next(movies.Rows.Count)][revenue] = Write(Math.Floor(largest * 1.3));
        }
    }

    /// <summary>Corrects some amounts by up to a half, and one that was entered in millions.</summary>
    public void CorrectAmounts(int count)
    {
        foreach (var column in (string[])["budget", "revenue"])
        {
            var at = movies[column];
            foreach (var row in Choose(row => ReadNumber(row[at]) > 1000, count / 2))
            {
                row[at] = Write(Math.Floor(ReadNumber(row[at])!.Value * (0.5 + random.NextDouble())));
            }

            foreach (var row in Choose(row => ReadNumber(row[at]) is > 0 and < 100, 1))
            {
                row[at] += "000000";
            }
        }
    }

    public void ChangeTexts()
    {
        movies.Change("overview", text => text + " A restored version was released later.", Select(0.02));
        movies.Change("poster_path", text => text.Length > 0 ? FormattableString.Invariant($"/{random.NextInt64():x16}.jpg") : text, Select(0.02));
        movies.Change("tagline", text => text.Length > 0 ? text + "!" : "A new tagline.", Select(0.005));
        movies.Change("title", text => text + " (Director's Cut)", Select(0.001));
        movies.Change("imdb_id", _ => FormattableString.Invariant($"tt{random.Next(1_000_000, 9_999_999)}"), Select(0.0005));
    }

    /// <summary>Some movies gain a genre or a company.</summary>
    public void ChangeLists(double share)
    {
        foreach (var column in (string[])["genres", "production_companies"])
        {
            var others = movies.GetValues(column).SelectMany(ListText.GetEntries).ToList();
            movies.Change(column, list => ListText.ChangeEntries(list, entries => entries.Append(others[random.Next(others.Count)])), Select(share));
        }
    }

    public void ChangeDates(int count)
    {
        var at = movies["release_date"];
        foreach (var row in Choose(row => row[at].Length == 10, count))
        {
            row[at] = DateTime.ParseExact(row[at], "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(random.Next(-400, 400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
    }

    public void ChangeStatuses(int count)
    {
        var at = movies["status"];
        foreach (var row in Choose(row => row[at] != "Released", count))
        {
            row[at] = "Released";
        }

        foreach (var row in Choose(row => row[at] == "Released", count / 2))
        {
            row[at] = "Rumored";
        }
    }

    /// <summary>Renames companies, in every movie.</summary>
    public void RenameCompanies(int count)
    {
        var names = movies.GetValues("production_companies").SelectMany(ListText.GetNames).Distinct().ToList();
        for (; count > 0; count--)
        {
            Rename(names[random.Next(names.Count)]);
        }
    }

    public void RenameLargestCompany() =>
        Rename(movies.GetValues("production_companies").SelectMany(ListText.GetNames).CountBy(name => name).MaxBy(pair => pair.Value).Key);

    private void Rename(string company) =>
        movies.Change("production_companies", list => ListText.ChangeNames(list, name => name == company ? name + " Entertainment" : name));

    private Func<string[], bool> Select(double share) => MovieTable.SelectShare(share, random);

    private IEnumerable<string[]> Choose(Func<string[], bool> where, int count)
    {
        var rows = movies.Rows.Where(where).ToArray();
        random.Shuffle(rows);
        return rows.Take(count);
    }

    private double DrawNormal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double? ReadNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Write(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
