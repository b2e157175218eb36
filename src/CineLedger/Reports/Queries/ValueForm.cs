namespace CineLedger.Reports.Queries;

/// <summary>How the values of a field are written.</summary>
public enum ValueForm
{
    Text,

    /// <summary>A whole number, which may end in k, M, B or a word such as million.</summary>
    Whole,

    /// <summary>A number with decimal places.</summary>
    Decimal,

    /// <summary>1870 to 9999.</summary>
    Year,

    /// <summary>The first year: 1990 or 1990s.</summary>
    Decade,

    /// <summary>2015-Q3.</summary>
    Quarter,

    /// <summary>2015-07.</summary>
    Month,

    /// <summary>January to December, or 1 to 12.</summary>
    MonthOfYear,

    /// <summary>Monday to Sunday, or 1 to 7.</summary>
    Weekday,

    /// <summary>yes or no.</summary>
    YesNo,

    /// <summary>2015-07-31.</summary>
    Date,
}
