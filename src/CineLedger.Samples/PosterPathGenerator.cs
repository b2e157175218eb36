namespace CineLedger.Samples;

/// <summary>Image paths: 27 random letters and digits.</summary>
internal static class PosterPathGenerator
{
    public static void Add(Utf8Buffer buffer, ref Rng rng)
    {
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789qz"u8;
        buffer.Add((byte)'/');
        for (int part = 0; part < 3; part++)
        {
            ulong bits = rng.Next();
            for (int i = 0; i < 9; i++, bits >>= 6)
            {
                buffer.Add(letters[(int)(bits & 63)]);
            }
        }
        buffer.Add(".jpg"u8);
    }

    /// <summary>Appends a path as a Python literal, or None with the given probability.</summary>
    public static void AddLiteral(Utf8Buffer buffer, double none, ref Rng rng)
    {
        if (rng.NextBool(none))
        {
            buffer.Add("None"u8);
            return;
        }
        buffer.Add((byte)'\'');
        Add(buffer, ref rng);
        buffer.Add((byte)'\'');
    }
}
