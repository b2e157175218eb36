using System.Text;

namespace CineLedger.Samples;

/// <summary>
/// The list of studios of a synthetic dataset: invented studios that group its most frequent companies. One company changes its studio, one is bought after years of
/// independence, and one stays independent.
/// </summary>
internal static class StudioListGenerator
{
    private const int CompaniesPerStudio = 3;
    private const string Independent = "independent";
    private static readonly string[] Studios = ["Gannet Group", "Halyard Group", "Ostler Group", "Pennywhistle Group"];

    /// <summary>Creates the file.</summary>
    public static string Create(SampleOptions options)
    {
        var text = new StringBuilder("studio,company,from,to,source\n");
        var generator = new CompanyGenerator(options);

        // A list cannot name the few companies whose names contain damaged characters. Companies with low numbers are the most frequent.
        string[] companies =
            [.. Enumerable.Range(0, int.MaxValue).Select(generator.GetName).Where(name => !name.Any(char.IsControl)).Take((Studios.Length * CompaniesPerStudio) + 1)];
        for (var i = 0; i < companies.Length - 1; i++)
        {
            var studio = Studios[i % Studios.Length];
            switch (i)
            {
                case 4:
                    AddLine(text, studio, companies[i], "", "1999");
                    AddLine(text, Studios[1], companies[i], "2000", "");
                    break;
                case 10:
                    AddLine(text, Independent, companies[i], "", "2004-06-30");
                    AddLine(text, studio, companies[i], "2004-07-01", "");
                    break;
                default:
                    AddLine(text, studio, companies[i], "", "");
                    break;
            }
        }

        AddLine(text, Independent, companies[^1], "", "");
        return text.ToString();
    }

    private static void AddLine(StringBuilder text, string studio, string company, string from, string to) =>
        text.Append(studio).Append(",\"").Append(company.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",").Append(from).Append(',').Append(to).Append(",unsourced\n");
}
