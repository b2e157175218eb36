namespace CineLedger.Cleaning;

/// <summary>
/// Determines from the values of a column whether a comma is its decimal mark (<c>6,4</c>, <c>1.500.000,00</c>) or separates thousands (<c>1,500,000.00</c>).
/// A value with one separator before exactly three digits (<c>1,204</c>) may be either, so it is ignored.
/// </summary>
internal sealed class DecimalMark
{
    private bool _hasComma;
    private bool _hasPoint;

    /// <summary>True for a decimal comma, false for a decimal point, null if no value shows it or values contradict each other.</summary>
    public bool? IsComma => _hasComma == _hasPoint ? null : _hasComma;

    public bool IsContradictory => _hasComma && _hasPoint;

    /// <summary>Processes one value of the column.</summary>
    public void Observe(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)',', (byte)'.') >= 0 && NumberText.TryParse(text, out var number) && number.Digits.IsCommaDecimal is { } comma)
        {
            _hasComma |= comma;
            _hasPoint |= !comma;
        }
    }
}
