using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Studios;

public sealed class CompanyOwnershipTests
{
    private static readonly string[] Studios = ["Disney", "Sony", "Fox", "independent"];
    private static readonly string[] Companies = ["Pixar", "Marvel", "Fox", "Sony", "MGM"];

    /// <summary>Lists in which each company has up to three owners in turn, with gaps, whole years and single days. Some have cycles.</summary>
    private static readonly Gen<(int Number, StudioLine Line)[]> Lines =
        Gen.Select(Gen.Int[0, Companies.Length - 1], Gen.Int[0, Studios.Length - 1], Gen.Int[1950, 2020], Gen.Int[0, 30], Gen.Int[0, 2], Gen.Bool).Array[0, 12]
            .Select(lines => lines.Select((line, i) => (i + 2, Create(line.Item1, line.Item2, line.Item3, line.Item4, line.Item5, line.Item6))).ToArray());

    [Fact]
    public void The_owner_changes_from_one_day_to_the_next()
    {
        StudioLine[] lines =
        [
            new("Disney", "Pixar", "2006-05-05", null, "unsourced"), new("Disney", "Miramax", "1993", "2010", "unsourced"), new("Colony", "Miramax", "2010-12-03", "2016-03", "unsourced"),
            new("independent", "Miramax", "2016-04", null, "unsourced"),
        ];
        Assert.Equal((null, "Disney"), (Find(lines, "Pixar", "2006-05-04"), Find(lines, "Pixar", "2006-05-05")));
        Assert.Equal((null, "Disney"), (Find(lines, "Miramax", "1992-12-31"), Find(lines, "Miramax", "1993-01-01")));
        Assert.Equal(("Disney", "Colony"), (Find(lines, "Miramax", "2010-12-02"), Find(lines, "Miramax", "2010-12-03")));
        Assert.Equal(("Colony", "independent"), (Find(lines, "Miramax", "2016-03-31"), Find(lines, "Miramax", "2016-04-01")));
    }

    [Fact]
    public void A_studio_is_followed_to_its_owner_while_it_has_one()
    {
        StudioLine[] lines =
        [
            new("Fox", "Searchlight", "1994", null, "https://example.com"), new("Disney", "Fox", "2019-03-20", null, "unsourced"), new("Fox", "Fox 2000", null, "2019-01", "unsourced"),
        ];
        Assert.Equal(("Fox", "Disney"), (Find(lines, "Searchlight", "2019-03-19"), Find(lines, "Searchlight", "2019-03-20")));
        Assert.Equal(("Fox", "Disney"), (Find(lines, "Fox", "1900-01-01"), Find(lines, "fox.", "2020-01-01")));
        Assert.Equal(("Fox", null), (Find(lines, "Fox 2000", "2019-01-31"), Find(lines, "Fox 2000", "2019-02-01")));
        var searchlight = CompanyOwnership.Resolve(lines).Where(owned => owned.Company == "Searchlight").ToList();
        Assert.Equal([true, false], searchlight.Select(owned => owned.IsSourced));
    }

    [Fact]
    public void A_studio_that_becomes_independent_is_its_own_studio_again_on_that_day()
    {
        StudioLine[] lines =
        [
            new("Viacom", "Paramount", "1994", "2019", "unsourced"), new("independent", "Paramount", "2019-06-01", null, "unsourced"), new("Paramount", "DreamWorks", "2006", null, "unsourced"),
        ];
        Assert.Equal(("Viacom", "Paramount"), (Find(lines, "DreamWorks", "2019-05-31"), Find(lines, "DreamWorks", "2019-06-01")));
        Assert.Equal(("Viacom", "Paramount"), (Find(lines, "Paramount", "2019-05-31"), Find(lines, "Paramount", "2019-06-01")));
    }

    [Fact]
    public void A_company_of_a_valid_list_never_has_two_studios_on_a_day() => Lines.Where(lines => StudioListChecks.Check(lines).Count == 0).Sample(lines =>
    {
        var owned = CompanyOwnership.Resolve([.. lines.Select(entry => entry.Line)]);
        return owned.All(period => period.First <= period.Last) && owned.GroupBy(period => period.Company, CompanyNameComparer.Instance).All(company =>
        {
            var ordered = company.OrderBy(period => period.First).ToList();
            return ordered.Zip(ordered.Skip(1)).All(pair => pair.First.Last < pair.Second.First);
        });
    });

    [Fact]
    public void On_every_day_the_owner_is_the_one_that_a_search_of_the_lines_finds() => Lines.Where(lines => StudioListChecks.Check(lines).Count == 0).Sample(lines =>
    {
        StudioLine[] list = [.. lines.Select(entry => entry.Line)];
        var owned = CompanyOwnership.Resolve(list);
        DateOnly[] days =
            [.. list.SelectMany(line => (DateOnly[])[line.FirstDay, line.LastDay, Step(line.FirstDay, -1), Step(line.LastDay, 1)]).Append(new(1980, 6, 1)).Distinct()];
        foreach (var company in Companies)
        {
            foreach (var day in days)
            {
                var found = owned.FirstOrDefault(period => AreEqual(period.Company, company) && period.First <= day && period.Last >= day);
                Assert.Equal(Search(list, company, day), found is null ? null : found.Studio ?? "independent");
            }
        }
    });

    [Fact]
    public void A_list_that_would_make_a_studio_own_itself_is_found_invalid() => Lines.Sample(lines =>
    {
        if (StudioListChecks.Check(lines).Count == 0)
        {
            // Throws if a studio belongs to itself.
            Assert.NotNull(CompanyOwnership.Resolve([.. lines.Select(entry => entry.Line)]));
        }
    });

    /// <summary>Finds the owner on one day by following the lines of that day, without periods.</summary>
    private static string? Search(StudioLine[] lines, string company, DateOnly day)
    {
        var about = lines.Where(line => AreEqual(line.Company, company)).ToList();
        var studio = lines.Any(line => !line.IsIndependent && AreEqual(line.Studio, company))
            ? about.Exists(line => AreEqual(line.Studio, company)) && (about.Min(line => line.FirstDay) > day || about.Max(line => line.LastDay) < day) ? null : company
            : FindLine(about, day)?.Studio;
        while (studio is not null and not "independent"
            && FindLine(lines.Where(line => AreEqual(line.Company, studio) && !AreEqual(line.Studio, studio)), day) is { IsIndependent: false } owner)
        {
            studio = owner.Studio;
        }

        return studio;
    }

    /// <summary>Returns the line of a day: the later one where one owner's last year is the next owner's first.</summary>
    private static StudioLine? FindLine(IEnumerable<StudioLine> lines, DateOnly day) =>
        lines.Where(line => line.FirstDay <= day && line.LastDay >= day).MaxBy(line => line.FirstDay);

    private static bool AreEqual(string one, string other) => CompanyNameComparer.Instance.Equals(one, other);

    private static string? Find(StudioLine[] lines, string company, string day)
    {
        var at = DateOnly.Parse(day, null);
        var found = CompanyOwnership.Resolve(lines).SingleOrDefault(period => AreEqual(period.Company, company) && period.First <= at && period.Last >= at);
        return found is null ? null : found.Studio ?? "independent";
    }

    private static StudioLine Create(int company, int studio, int year, int years, int form, bool isOpen)
    {
        string Format(int at) => form switch { 0 => $"{at}", 1 => $"{at}-0{1 + (at % 9)}", _ => $"{at}-0{1 + (at % 9)}-{10 + (at % 18)}" };
        return new(Studios[studio], Companies[company], year == 1950 ? null : Format(year), isOpen ? null : Format(year + years), "unsourced");
    }

    private static DateOnly Step(DateOnly day, int days) => day == DateOnly.MinValue || day == DateOnly.MaxValue ? day : day.AddDays(days);
}
