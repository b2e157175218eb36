using System.Buffers.Text;
using System.Text;
using CineLedger.Model;
using CineLedger.Records;

namespace CineLedger.Cleaning.Lists;

/// <summary>
/// Parses the lists of people in credits.csv: <c>[{'cast_id': 14, 'character': 'Woody (voice)', …, 'id': 31, 'name': 'Tom Hanks',
/// 'order': 0, …}]</c> for the cast, with <c>job</c> and <c>department</c> for the crew. Lists in the supplier's exact form are parsed without allocations.
/// </summary>
internal sealed class CreditListParser
{
    private readonly LiteralCache<string> _texts = new();
    private readonly List<(long Order, int Place)> _orders = [];

    /// <summary>Adds the people of one list; an empty field is an empty list. Returns false, with the problem, if the text is not such a list.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, bool isCast, CreditListBuilder people, out string? problem)
    {
        problem = null;
        if (text.IsEmpty || text.SequenceEqual("[]"u8))
        {
            return true;
        }

        _orders.Clear();
        var first = people.Count;
        if (!new FastCreditParser(text).TryParse(isCast, people, _orders))
        {
            people.Truncate(first);
            _orders.Clear();
            problem = ReadList(text, isCast, people);
            if (problem is not null)
            {
                return false;
            }
        }

        if (isCast)
        {
            SortCast(people, first);
        }

        return true;
    }

    private string? ReadList(ReadOnlySpan<byte> text, bool isCast, CreditListBuilder people)
    {
        var reader = new LiteralReader(text);
        string? problem;
        while (reader.ReadDict(out problem))
        {
            var start = reader.BytePosition;
            var credit = ReadPerson(ref reader, isCast, out var order);
            if (reader.Token == LiteralToken.Error)
            {
                continue;
            }

            // A name may be empty or shared by two people, so the id identifies the person.
            if (credit.PersonId <= 0)
            {
                return $"no id in the dict at character {reader.GetCharacter(start)}";
            }

            // Not every engine can store a NUL character in a text.
            if (HasNul(credit.Name) || HasNul(credit.Character) || HasNul(credit.Job) || HasNul(credit.Department))
            {
                return $"a NUL in the dict at character {reader.GetCharacter(start)}";
            }

            _orders.Add((order, _orders.Count));
            people.Add(credit);
        }

        return problem;
    }

    private Credit ReadPerson(ref LiteralReader reader, bool isCast, out long order)
    {
        var (id, name, first, second) = (0L, "", (string?)null, (string?)null);
        order = long.MaxValue;
        while (reader.Read() && reader.Token == LiteralToken.Key)
        {
            var key = GetKey(reader.Value, isCast);
            if (!reader.Read())
            {
                break;
            }

            switch (key, reader.Token)
            {
                case (CreditKey.Id, LiteralToken.Integer):
                    id = Utf8Parser.TryParse(reader.Value, out long number, out _) ? number : 0;
                    break;
                case (CreditKey.Order, LiteralToken.Integer):
                    order = Utf8Parser.TryParse(reader.Value, out long place, out _) ? place : long.MaxValue;
                    break;
                case (CreditKey.Name, LiteralToken.String):
                    name = GetText(ref reader) ?? "";
                    break;
                case (CreditKey.First, LiteralToken.String):
                    first = GetText(ref reader);
                    break;
                case (CreditKey.Second, LiteralToken.String):
                    second = GetText(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return isCast ? new Credit(id, name, true, null, null, first) : new Credit(id, name, false, first, second, null);
    }

    private enum CreditKey
    {
        Other,
        Id,
        Name,
        Order,

        /// <summary>The cast's character or the crew's job.</summary>
        First,

        /// <summary>The crew's department.</summary>
        Second,
    }

    private static CreditKey GetKey(ReadOnlySpan<byte> key, bool isCast) => key.Length switch
    {
        2 when key.SequenceEqual("id"u8) => CreditKey.Id,
        4 when key.SequenceEqual("name"u8) => CreditKey.Name,
        5 when isCast && key.SequenceEqual("order"u8) => CreditKey.Order,
        9 when isCast && key.SequenceEqual("character"u8) => CreditKey.First,
        3 when !isCast && key.SequenceEqual("job"u8) => CreditKey.First,
        10 when !isCast && key.SequenceEqual("department"u8) => CreditKey.Second,
        _ => CreditKey.Other,
    };

    /// <summary>Returns the trimmed text; null if it is empty.</summary>
    private string? GetText(ref LiteralReader reader)
    {
        if (reader.HasEscapes)
        {
            return reader.GetString().Trim() is { Length: > 0 } resolved ? resolved : null;
        }

        var text = reader.Value;
        if (text.IsEmpty)
        {
            return null;
        }

        if (_texts.TryGet(text, out var known))
        {
            return known;
        }

        var value = Encoding.UTF8.GetString(text).Trim();
        if (value.Length == 0)
        {
            return null;
        }

        _texts.Add(text, value);
        return value;
    }

    /// <summary>Sorts the cast by order number. The sort is stable, and people without a number come last.</summary>
    private void SortCast(CreditListBuilder people, int first)
    {
        var isOrdered = true;
        for (var i = 1; i < _orders.Count && isOrdered; i++)
        {
            isOrdered = _orders[i].Order >= _orders[i - 1].Order;
        }

        if (!isOrdered)
        {
            people.Sort(first, _orders);
        }
    }

    private static bool HasNul(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);
}
