namespace CineLedger.Cleaning;

/// <summary>
/// Determines from a whole file which number of a date such as <c>9/7/1988</c> is the day. A date with a number above 12 decides for all dates with the same
/// separator. If such dates contradict each other, the order remains unknown.
/// </summary>
public sealed class DateOrder
{
    private readonly bool[] _hasDayFirst = new bool[128];
    private readonly bool[] _hasDaySecond = new bool[128];

    /// <summary>
    /// True if the file's layout is known to write <c>6/9/15</c> for June 9: month first, a short year and no leading zeros. It applies if no date of the file shows
    /// the order.
    /// </summary>
    internal bool IsMonthFirstByLayout { get; init; }

    /// <summary>Returns true for day before month, false for month before day, null if the order is unknown.</summary>
    public bool? IsDayFirst(byte separator) => (_hasDayFirst[separator], _hasDaySecond[separator]) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => null,
    };

    /// <summary>Returns true for day before month, false for month before day, null if neither the file nor its layout shows it.</summary>
    internal bool? IsDayFirst(NumericDate date) =>
        IsDayFirst(date.Separator)
        ?? (IsMonthFirstByLayout && date is { Separator: (byte)'/', ShortYear: true, HasLeadingZero: false } && !_hasDayFirst['/'] && !_hasDaySecond['/'] ? false : null);

    /// <summary>Processes one date field.</summary>
    public void Observe(ReadOnlySpan<byte> text)
    {
        if (NumericDate.TryParse(DateParser.TrimTime(text), out var date) && !date.YearFirst)
        {
            _hasDayFirst[date.Separator] |= date.First is > 12 and <= 31 && date.Second <= 12;
            _hasDaySecond[date.Separator] |= date.Second is > 12 and <= 31 && date.First <= 12;
        }
    }
}
