using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CineLedger.Records;

/// <summary>
/// Converts a JSON object to the fields of a record, so that code for CSV records can read it. Strings are unquoted and unescaped, numbers are kept
/// unchanged, <c>null</c> and missing members become empty fields, and lists and objects become text for <see cref="LiteralReader"/>.
/// </summary>
/// <param name="names">The fields to read, in the order of the record. Other members are skipped. If a name occurs twice, the last value counts.</param>
/// <param name="nested">The fields that may contain a list or an object. In any other field, these make the record unreadable.</param>
public sealed class JsonFields(IReadOnlyList<string> names, IReadOnlyList<string> nested)
{
    private static readonly byte[] True = "True"u8.ToArray();
    private static readonly byte[] False = "False"u8.ToArray();
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = LiteralReader.MaxDepth };

    /// <summary>Names by length, since few have the same length.</summary>
    private readonly ILookup<int, (byte[] Name, int Field)> _names =
        names.Select((name, field) => (Name: Encoding.UTF8.GetBytes(name), field)).ToLookup(name => name.Name.Length);

    private readonly bool[] _canNest = [.. names.Select(nested.Contains)];
    private readonly FieldRange[] _fields = new FieldRange[names.Count];

    /// <summary>Adds the record for a text in the batch's buffer. The record has no fields if the text is not a valid JSON object.</summary>
    public void Add(RecordBatch batch, int start, int length, int line)
    {
        var first = batch.Fields.Count;
        if (TryRead(batch, start, length))
        {
            foreach (var field in _fields)
            {
                batch.AddField(field.Start, field.Length, field.Kind);
            }
        }

        batch.Records.Add(new RecordRange(line, start, length, first, batch.Fields.Count - first, 1, IsJson: true));
    }

    private bool TryRead(RecordBatch batch, int start, int length)
    {
        _fields.AsSpan().Clear();
        var text = batch.Buffer.AsSpan(start, length);
        if (!Utf8.IsValid(text))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text, Strict);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = FindField(ref reader);
                reader.Read();
                if (field < 0)
                {
                    reader.Skip();
                }
                else if (!TryReadValue(batch, ref reader, start, field))
                {
                    return false;
                }
            }

            // Nothing may follow the object.
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate, which no encoding can represent.
            return false;
        }
    }

    private int FindField(ref Utf8JsonReader reader)
    {
        foreach (var (name, field) in _names[reader.ValueSpan.Length])
        {
            if (reader.ValueSpan.SequenceEqual(name))
            {
                return field;
            }
        }

        return -1;
    }

    private bool TryReadValue(RecordBatch batch, ref Utf8JsonReader reader, int start, int field)
    {
        var at = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueIsEscaped:
                var unescaped = new byte[reader.ValueSpan.Length];
                unescaped = unescaped[..reader.CopyString(unescaped)];
                _fields[field] = new FieldRange(batch.AddJoined(unescaped), unescaped.Length, FieldKind.Joined);

                // Not every engine can store a NUL character in a text.
                return !unescaped.Contains((byte)0);
            case JsonTokenType.String:
                _fields[field] = new FieldRange(start + at + 1, reader.ValueSpan.Length, FieldKind.Plain);
                return true;
            case JsonTokenType.Number:
                _fields[field] = new FieldRange(start + at, reader.ValueSpan.Length, FieldKind.Plain);
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                var isTrue = reader.TokenType == JsonTokenType.True;
                _fields[field] = new FieldRange(batch.AddJoined(isTrue ? True : False), isTrue ? 4 : 5, FieldKind.Joined);
                return true;
            case JsonTokenType.Null:
                _fields[field] = default;
                return true;
            default:
                reader.Skip();
                _fields[field] = new FieldRange(start + at, (int)reader.BytesConsumed - at, FieldKind.Plain);
                return _canNest[field];
        }
    }
}
