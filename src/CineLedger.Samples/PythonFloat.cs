namespace CineLedger.Samples;

/// <summary>Formats numbers like Python's float: no more decimals than needed, and an exponent below 0.0001.</summary>
internal static class PythonFloat
{
    public static void Add(Utf8Buffer buffer, long millionths)
    {
        if (millionths is > 0 and < 100)
        {
            AddExponent(buffer, millionths);
            return;
        }
        buffer.Add(millionths / 1_000_000);
        buffer.Add((byte)'.');
        long rest = millionths % 1_000_000;
        int digits = 6;
        for (; digits > 1 && rest % 10 == 0; digits--)
        {
            rest /= 10;
        }

        buffer.AddPadded(rest, digits);
    }

    private static void AddExponent(Utf8Buffer buffer, long millionths)
    {
        buffer.Add(millionths < 10 ? millionths : millionths / 10);
        if (millionths >= 10 && millionths % 10 != 0)
        {
            buffer.Add((byte)'.');
            buffer.Add(millionths % 10);
        }
        buffer.Add(millionths < 10 ? "e-06"u8 : "e-05"u8);
    }
}
