using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Charts in a browser: when they are drawn, where their labels are, and how they are used by keyboard and mouse.</summary>
[Collection(SampleCollection.Name)]
public sealed class ChartBrowserTests(SampleDashboard served)
{
    /// <summary>Lists labels that overlap each other or a bar, or that are cut at the edge of their chart.</summary>
    private const string FindOverlaps =
        """
        () => [...document.querySelectorAll("[data-chart]")].flatMap(place => {
          const { chart } = place.drawing, [labels, bars] = [[], []];
          for (const element of chart.getZr().storage.getDisplayList(true)) {
            if (element.invisible || element.ignore) continue;
            const box = element.getBoundingRect().clone(), transform = element.getComputedTransform();
            if (transform) box.applyTransform(transform);
            // A legend that does not fit is paged: what is outside its page is clipped.
            let isClipped = false;
            for (let parent = element; parent; parent = parent.parent ?? parent.__hostTarget) {
              const clip = parent.getClipPath?.();
              if (!clip) continue;
              const frame = clip.getBoundingRect().clone(), placed = clip.getComputedTransform() ?? parent.getComputedTransform();
              if (placed) frame.applyTransform(placed);
              isClipped ||= box.x < frame.x - 1 || box.x + box.width > frame.x + frame.width + 1;
            }
            if (isClipped) continue;
            if (element.type === "tspan" && element.style.text.trim() && element.style.opacity !== 0) labels.push({ ...box, text: element.style.text });
            if (element.type === "rect" && element.currentStates && box.width > 1 && element.style.fill && (element.style.fill !== "transparent" || element.style.decal)
              && element.parent?.type === "group" && chart.getModel().getSeriesByIndex(0).subType === "bar" && element.z2 !== undefined && !element.silent) bars.push(box);
          }
          const meets = (a, b) => a.x + 1.5 < b.x + b.width && b.x + 1.5 < a.x + a.width && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height;
          const name = place.getAttribute("aria-label").slice(0, 40);
          const isRanking = chart.getModel().getComponent("yAxis").get("type") === "category";
          return [
            ...labels.flatMap((one, i) => labels.slice(i + 1).filter(other => meets(one, other)).map(other => `${name}: ${one.text} over ${other.text}`)),
            ...labels.filter(one => isRanking && bars.some(bar => meets(one, bar))).map(one => `${name}: ${one.text} over a bar`),
            ...labels.filter(one => one.x < -1 || one.x + one.width > chart.getWidth() + 1).map(one => `${name}: ${one.text} is cut`),
          ];
        })
        """;

    /// <summary>Lists labels below a chart that do not stand under the middle of their category, and charts without labels.</summary>
    private const string FindDisplacedLabels =
        """
        () => [...document.querySelectorAll("[data-chart]")].flatMap(place => {
          const { chart, view } = place.drawing, axis = chart.getModel().getComponent("xAxis");
          if (axis.get("type") !== "category") return [];
          const { y, height } = chart.getModel().getComponent("grid").coordinateSystem.getRect(), write = axis.get("axisLabel").formatter;
          const labels = chart.getZr().storage.getDisplayList(true).filter(e => e.type === "tspan" && !e.invisible && !e.ignore).map(element => {
            const box = element.getBoundingRect().clone(), transform = element.getComputedTransform();
            if (transform) box.applyTransform(transform);
            return { text: element.style.text, top: box.y, center: box.x + box.width / 2 };
          }).filter(label => label.top >= y + height && !view.series.some(series => series.name === label.text));
          const getDistance = ({ text, center }) => Math.min(...view.labels.flatMap((label, i) =>
            write(label) === text ? [Math.abs(chart.convertToPixel({ xAxisIndex: 0 }, i) - center)] : []));
          return labels.length === 0 ? [`${view.name}: no labels`]
            : labels.filter(label => getDistance(label) > 3).map(label => `${view.name}: ${label.text} is ${getDistance(label)} pixels beside its place`);
        })
        """;

    [Fact]
    public async Task A_chart_is_drawn_once_when_it_is_scrolled_into_view()
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = 700 } });
        await window.GoAsync("/");
        var charts = window.Page.Locator("[data-chart]");
        var count = await charts.CountAsync();
        await charts.First.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(charts.First.Locator("canvas")).ToHaveCountAsync(1);
        await Assertions.Expect(charts.Last.Locator("canvas")).ToHaveCountAsync(0);
        await window.DrawChartsAsync(count);

        // Scrolling back, fonts and a change of height do not draw again; a change of width does, once.
        await window.Page.EvaluateAsync("scrollTo(0, 0)");
        await window.Page.SetViewportSizeAsync(1280, 900);
        await window.Page.EvaluateAsync("document.fonts.ready.then(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))");
        Assert.All(await ReadDrawsAsync(window.Page), draws => Assert.Equal(1, draws));
        await window.Page.SetViewportSizeAsync(1000, 900);
        await window.Page.WaitForFunctionAsync("[...document.querySelectorAll('[data-chart]')].every(place => place.drawing.draws === 2)");
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task Labels_overlap_neither_each_other_nor_bars_and_none_is_cut(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        foreach (var address in (string[])["/", "/companies", "/studios", "/genres", "/genres/Drama", "/quality", "/explore?by=genre&measure=revenue,budget&order=revenue:desc"])
        {
            await window.GoAsync(address);
            var count = await window.Page.Locator("[data-chart]").CountAsync();
            Assert.NotEqual(0, count);
            await window.DrawChartsAsync(count);
            Assert.Equal("", string.Join('\n', (await window.Page.EvaluateAsync<string[]>(FindOverlaps)).Select(text => $"{address}: {text}")));
        }

        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task Each_label_below_a_chart_stands_under_the_middle_of_its_category(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        foreach (var address in (string[])
            ["/", "/genres", "/genres/Drama", "/explore?by=month_of_year&measure=revenue", "/explore?by=decade,genre&measure=releases", await served.FindLargestCompanyAsync()])
        {
            await window.GoAsync(address);
            await window.DrawChartsAsync(await window.Page.Locator("[data-chart]").CountAsync());
            Assert.Equal("", string.Join('\n', (await window.Page.EvaluateAsync<string[]>(FindDisplacedLabels)).Select(text => $"{address}: {text}")));
        }

        window.AssertNoErrors();
    }

    [Fact]
    public async Task Names_at_the_ends_of_lines_are_in_the_order_of_their_values_and_inside_the_chart()
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        foreach (var address in (string[])["/", "/studios"])
        {
            await window.GoAsync(address);
            await window.DrawChartsAsync(await window.Page.Locator("[data-chart]").CountAsync());
            Assert.Equal("", string.Join('\n', await window.Page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll("[data-chart]")].map(place => place.drawing).filter(({ view }) => (view.kind === "lines" || view.kind === "bump") && view.series.length > 2)
                  .flatMap(({ chart, view }) => {
                    const grid = chart.getModel().getComponent("grid").coordinateSystem.getRect();
                    const ends = view.series.filter(series => series.data.at(-1) !== null).map(series => {
                      const label = chart.getZr().storage.getDisplayList(true).filter(e => e.style?.text === series.name).map(element => {
                        const box = element.getBoundingRect().clone(), transform = element.getComputedTransform();
                        if (transform) box.applyTransform(transform);
                        return box;
                      }).find(box => box.x > grid.x + grid.width);
                      return { name: series.name, value: series.data.at(-1), top: label?.y ?? -1, bottom: label ? label.y + label.height : Infinity };
                    }).sort((a, b) => view.kind === "bump" ? a.value - b.value : b.value - a.value);
                    return [
                      ...(ends.length < 2 ? [`${view.name}: no names`] : []),
                      ...ends.filter(end => end.top < 0 || end.bottom > chart.getHeight()).map(end => `${view.name}: ${end.name} is outside`),
                      ...ends.filter((end, i) => i > 0 && end.value !== ends[i - 1].value && end.top <= ends[i - 1].top).map(end => `${view.name}: ${end.name} is too high`),
                    ];
                  })
                """)));
        }

        window.AssertNoErrors();
    }

    [Fact]
    public async Task Open_symbols_have_the_color_of_the_page_and_a_phone_shows_few_lines_at_first()
    {
        await using var window = await served.OpenAsync(new() { ColorScheme = ColorScheme.Dark, ViewportSize = new() { Width = 390, Height = 900 } });
        await window.GoAsync("/genres");
        await window.DrawChartsAsync(await window.Page.Locator("[data-chart]").CountAsync());
        var counts = await window.Page.EvaluateAsync<int[]>(
            """
            () => {
              const { chart, view } = [...document.querySelectorAll("[data-chart]")].map(place => place.drawing).find(({ view }) => view.kind === "bump");
              const selected = chart.getModel().getComponent("legend").get("selected");
              const countWhite = () => chart.getZr().storage.getDisplayList(true).filter(e => /^(#fff|#ffffff|white)$/.test(e.style?.fill)).length;
              const before = view.series.filter(series => selected[series.name] !== false).length, white = countWhite();
              view.series.forEach(({ name }) => chart.dispatchAction({ type: "legendSelect", name }));
              return [view.series.length, before, white + countWhite()];
            }
            """);
        Assert.True(counts[0] > 5, $"{counts[0]} lines do not need a selection");
        Assert.Equal([4, 0], counts[1..]);
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task A_legend_shows_all_names_and_a_ranking_uses_its_width(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        foreach (var address in (string[])["/studios", "/genres", "/companies"])
        {
            await window.GoAsync(address);
            await window.DrawChartsAsync(await window.Page.Locator("[data-chart]").CountAsync());
            Assert.Empty(await window.Page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll("[data-chart]")].flatMap(({ drawing: { chart, view } }) => {
                  const model = chart.getModel(), grid = model.getComponent("grid").coordinateSystem.getRect(), isLegendShown = model.getComponent("legend")?.get("show");
                  const names = view.labels.map(label => chart.getZr().storage.getDisplayList(true).find(e => e.style?.text === label)?.getBoundingRect().width ?? 0);
                  return [
                    ...(isLegendShown && model.getComponent("legend").get("type") !== "plain" ? [`${view.title}: the legend is paged`] : []),
                    ...(view.kind === "ranking" && names.every(width => width > 0) && grid.x > Math.max(...names) + 20 ? [`${view.title}: the bars begin at ${grid.x}`] : []),
                  ];
                })
                """));
        }

        window.AssertNoErrors();
    }

    [Fact]
    public async Task Keys_begin_at_the_newest_value_and_Enter_opens_its_movies()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        var panel = page.Locator("figure", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Movies", Exact = true }) });
        var chart = panel.Locator("[data-chart]");
        await chart.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(chart.Locator("canvas")).ToHaveCountAsync(1);
        Assert.Matches(@"^Movies.*\. Total: highest \d{4}, [\d,]+; lowest \d{4}, \d+", await chart.GetAttributeAsync("aria-label") ?? "");
        await chart.FocusAsync();
        var labels = await chart.EvaluateAsync<string[]>("place => place.drawing.view.labels");
        foreach (var (key, year) in (ValueTuple<string, string>[])[("ArrowLeft", labels[^1]), ("Home", labels[0]), ("End", labels[^1])])
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(panel.Locator("[aria-live]")).ToContainTextAsync($"{year}: Revenue known");
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/years/{labels[^1]}");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Dragging_over_a_chart_of_years_selects_them_for_the_page()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/?from=1990&to=2009");
        var chart = page.Locator("[data-chart]", new() { HasText = "\"matched_profit\"" }).Or(page.Locator("[data-chart]").Nth(2));
        await chart.First.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(chart.First.Locator("canvas")).ToHaveCountAsync(1);
        var box = (await chart.First.BoundingBoxAsync())!;
        var at = await chart.First.EvaluateAsync<float[]>("place => ['1995', '2000'].map(year => place.drawing.chart.convertToPixel({ xAxisIndex: 0 }, place.drawing.view.labels.indexOf(year)))");
        await page.Mouse.MoveAsync(box.X + at[0], box.Y + 150);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + at[0] + 30, box.Y + 150);
        await page.Mouse.MoveAsync(box.X + at[1], box.Y + 150);
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/?from=1995&to=2000");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task The_click_after_dragging_over_a_chart_opens_nothing()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/?from=1990&to=2009");
        var chart = page.Locator("#revenue-and-budget [data-chart]");
        await chart.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(chart.Locator("canvas")).ToHaveCountAsync(1);
        var box = (await chart.BoundingBoxAsync())!;
        var at = await chart.EvaluateAsync<float[]>("place => ['1995', '1997'].map(year => place.drawing.chart.convertToPixel({ xAxisIndex: 0 }, place.drawing.view.labels.indexOf(year)))");

        // Without capture, as in browsers that send the click to the element under the pointer in spite of it.
        await chart.EvaluateAsync("place => { place.setPointerCapture = () => {}; window.clicks = 0; place.drawing.chart.getZr().on('click', () => window.clicks++); }");

        // A drag that ends where it began selects nothing.
        await page.Mouse.MoveAsync(box.X + at[0], box.Y + 150);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + at[1], box.Y + 150);
        await page.Mouse.MoveAsync(box.X + at[0], box.Y + 150);
        await page.Mouse.UpAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("window.clicks"));
        Assert.EndsWith("/?from=1990&to=2009", page.Url, StringComparison.Ordinal);

        // A click without a drag reaches the chart.
        await page.Mouse.ClickAsync(box.X + at[1], box.Y + 20);
        Assert.Equal(1, await page.EvaluateAsync<int>("window.clicks"));
        window.AssertNoErrors();
    }

    private static Task<int[]> ReadDrawsAsync(IPage page) => page.EvaluateAsync<int[]>("[...document.querySelectorAll('[data-chart]')].map(place => place.drawing.draws)");
}
