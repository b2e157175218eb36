using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>Arranges the groups of a query in a table whose columns are the values of one dimension. It holds the known values in memory.</summary>
internal sealed class PivotTable
{
    private static readonly EqualityComparer<object?[]> ByNames =
        EqualityComparer<object?[]>.Create((one, other) => one!.SequenceEqual(other!), names => names.Aggregate(0, (hash, name) => HashCode.Combine(hash, name)));

    private const string AllMovies = "All movies";

    private readonly int[] _nameOrdinals;
    private readonly int _pivotOrdinal;
    private readonly int[] _measureOrdinals;
    private readonly (int Ordinal, int Place)[] _wholes;
    private readonly int _maxValues;
    private readonly Dictionary<object, int> _columns;
    private readonly List<PivotRow> _rows = [];
    private readonly Dictionary<object?[], PivotRow> _rowsByNames = new(ByNames);
    private readonly object?[] _empty;
    private readonly object?[] _allMovies;
    private int _totalRows;
    private int _values;

    /// <param name="query">The pivoted query.</param>
    /// <param name="values">The values of the pivoted dimension, in the order of the columns.</param>
    /// <param name="maxValues">The maximum number of known values.</param>
    public PivotTable(QueryRequest query, IReadOnlyList<object> values, int maxValues)
    {
        var ordinals = Enumerable.Range(0, query.By.Count).ToLookup(i => query.By[i] == query.Pivot);
        _pivotOrdinal = ordinals[true].Single();
        _nameOrdinals = [.. ordinals[false]];
        _maxValues = maxValues;
        var unpivoted = QueryColumns.Get(query);
        Column[] names = [.. _nameOrdinals.Select(i => unpivoted[i])];
        var uses = QueryColumns.GetPivoted(query);
        _measureOrdinals = [.. uses.Select(use => query.By.Count + query.Measures.ToList().IndexOf(use))];
        _wholes = [.. query.Measures.Select((use, i) => (query.By.Count + i, uses.ToList().IndexOf(QueryColumns.FindPart(query, use)!))).Where(at => at.Item2 >= 0)];
        Column[] measures = [.. _measureOrdinals.Select(i => unpivoted[i])];
        _columns = values.Select((value, i) => (value, i)).ToDictionary(at => at.value, at => names.Length + (at.i * measures.Length));
        Columns = [.. names, .. CreateColumns(names, measures, values)];

        // A group without movies counts 0 movies; its other values are unknown.
        var counts = uses.Where(use => use.Measure is { Sql: not null, Kind: MeasureKind.Count or MeasureKind.Known }).Select(use => use.Column).ToList();
        _empty = [.. names.Select(_ => (object?)null), .. values.SelectMany(_ => measures.Select(column => counts.Contains(column.Name) ? (object?)0L : null))];
        _allMovies = new object?[Columns.Count];
    }

    /// <summary>Gets the columns: the other dimensions, then each value of the pivoted dimension with all measures.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Adds a row with its names, which are those of the other dimensions. Groups of other rows are left out.</summary>
    public void AddRow(object?[] names)
    {
        var row = new PivotRow(names);
        _rows.Add(row);
        _rowsByNames.Add(names, row);
    }

    /// <summary>Adds a row of the query without pivot. Throws <see cref="UsageException"/> when the table has too many values.</summary>
    public void AddGroup(object?[] group)
    {
        var column = _columns[group[_pivotOrdinal]!];
        foreach (var (ordinal, place) in _wholes)
        {
            _allMovies[column + place] = group[ordinal];
        }

        if (_rowsByNames.TryGetValue([.. _nameOrdinals.Select(i => group[i])], out var row))
        {
            AddValues(row, column, _measureOrdinals.Select(i => group[i]));
        }
    }

    /// <summary>Adds the total of the rows, after them and without names.</summary>
    /// <param name="totals">For each value of the pivoted dimension, its measures; unknown ones are null.</param>
    public void AddTotals(IEnumerable<IReadOnlyList<object?>> totals)
    {
        var row = new PivotRow(new object?[_nameOrdinals.Length]);
        _rows.Add(row);
        _totalRows++;
        AddValues(row, _nameOrdinals.Length, totals.SelectMany(total => _measureOrdinals.Select(i => total[i - _nameOrdinals.Length - 1])));
    }

    /// <summary>Opens the rows, the total if there is one, and a row of all movies if the query has measures over them.</summary>
    public DbResult Open()
    {
        IEnumerable<object?[]> rows = _rows.Select(row =>
        {
            var values = _empty.ToArray();
            row.Names.CopyTo(values, 0);
            foreach (var (column, value) in row.Values)
            {
                values[column] = value;
            }

            return values;
        });
        _allMovies[0] = AllMovies;
        return new DbResult(Columns, new PivotReader(Columns, _wholes.Length == 0 ? rows : rows.Append(_allMovies))) { TotalRows = _totalRows + Math.Min(_wholes.Length, 1) };
    }

    private void AddValues(PivotRow row, int column, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            if (value is not null)
            {
                row.Values.Add((column, value));
                _values++;
            }

            column++;
        }

        if (_values > _maxValues)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--pivot: the result has more than {_maxValues:N0} values; add a filter with --where, --limit or --top."));
        }
    }

    /// <summary>
    /// Names the columns by the value, such as <c>2010</c>, and with several measures by value and measure: <c>2010 revenue</c>. A value equal to the name of
    /// another column would make the short form ambiguous.
    /// </summary>
    private static IEnumerable<Column> CreateColumns(Column[] names, Column[] measures, IReadOnlyList<object> values)
    {
        string[] texts = [.. values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)!)];
        var isShort = measures.Length == 1 && !names.Any(name => texts.Contains(name.Name, StringComparer.OrdinalIgnoreCase));
        return texts.SelectMany(text => measures.Select(measure => measure with { Name = isShort ? text : $"{text} {measure.Name}", Value = text }));
    }

    private sealed record PivotRow(object?[] Names)
    {
        public List<(int Column, object Value)> Values { get; } = [];
    }

    private sealed class PivotReader(IReadOnlyList<Column> columns, IEnumerable<object?[]> rows) : ResultReader(columns)
    {
        private readonly IEnumerator<object?[]> _rows = rows.GetEnumerator();

        public override bool HasRows => throw new NotSupportedException();

        public override bool IsClosed => throw new NotSupportedException();

        public override bool Read() => _rows.MoveNext();

        public override Task<bool> ReadAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(Read());
        }

        public override bool IsDBNull(int ordinal) => _rows.Current[ordinal] is null;

        public override string GetString(int ordinal) => (string)_rows.Current[ordinal]!;

        public override long GetInt64(int ordinal) => (long)_rows.Current[ordinal]!;

        public override double GetDouble(int ordinal) => (double)_rows.Current[ordinal]!;

        public override bool GetBoolean(int ordinal) => throw new NotSupportedException();

        public override DateTime GetDateTime(int ordinal) => throw new NotSupportedException();
    }
}
