import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef } from 'react';
import { printDay, printNumber } from '@lib/kernel';
import type { Strength } from '../contract.js';
import { printCount } from '../words/format.js';
import { STRENGTH_NAMES } from '../words/labels.js';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Written out, because the chart measures its words before it draws them. */
const FONT = "'Segoe UI', 'Noto Sans', Roboto, 'DejaVu Sans', 'Liberation Sans', sans-serif";
const COLOURS = { MEMBERS: '#8f1d1d', WORKERS: '#b98a1e' } as const;

/** Members and workers over time, as they were stated; nothing is drawn where only one day is known. The table says the same in words. */
export function StrengthChart({ strengths }: { strengths: readonly Strength[] }) {
  const place = useRef<HTMLDivElement>(null);
  const series = useMemo(() => seriesOf(strengths), [strengths]);
  useEffect(() => {
    if (!place.current || series.length === 0) return;
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption(optionsOf(series));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [series]);
  if (series.length === 0) return null;
  const words = series
    .flatMap(({ name, points }) => points.map((point) => `${name} ${printDay(point.asOf)}: ${printCount(point)}`))
    .join('; ');
  return (
    <div
      ref={place}
      className="chart strength-chart"
      role="img"
      aria-label={`Biểu đồ số liệu tổ chức qua thời gian. ${words}.`}
    />
  );
}

interface Line {
  name: string;
  color: string;
  points: Strength[];
}

/** The latest statement about each day, oldest day first. */
function seriesOf(strengths: readonly Strength[]): Line[] {
  return (['MEMBERS', 'WORKERS'] as const).flatMap((kind) => {
    const byDay = new Map<string, Strength>();
    for (const one of strengths) if (one.kind === kind && !byDay.has(one.asOf)) byDay.set(one.asOf, one);
    const points = [...byDay.values()].toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
    return points.length > 1 ? [{ name: STRENGTH_NAMES[kind], color: COLOURS[kind], points }] : [];
  });
}

function optionsOf(series: readonly Line[]) {
  return {
    animationDuration: 200,
    textStyle: { fontFamily: FONT, fontSize: 13, color: '#26211c' },
    grid: { left: 8, right: 60, top: 34, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 24, textStyle: { fontSize: 13, fontFamily: FONT } },
    tooltip: { trigger: 'item' as const },
    xAxis: {
      type: 'time' as const,
      // Room for the first and last figures beside the scale.
      boundaryGap: ['6%', '2%'] as [string, string],
      splitNumber: 6,
      axisLabel: {
        fontFamily: FONT,
        hideOverlap: true,
        formatter: (value: number) => monthOf(value),
      },
    },
    yAxis: {
      type: 'value' as const,
      minInterval: 1,
      splitLine: { lineStyle: { color: '#eee6d6' } },
      axisLabel: { fontFamily: FONT, formatter: (value: number) => printNumber(value) },
    },
    series: series.map(({ name, color, points }) => ({
      name,
      type: 'line' as const,
      color,
      symbolSize: 9,
      labelLayout: { hideOverlap: true },
      data: points.map((point) => ({
        value: [point.asOf, point.value] as [string, number],
        label: { show: true, position: 'top' as const, color: '#26211c', formatter: () => printCount(point) },
        tooltip: { formatter: () => `${name}, ${printDay(point.asOf)}: ${printCount(point)}` },
      })),
    })),
  };
}

function monthOf(value: number): string {
  const day = new Date(value);
  return `${String(day.getMonth() + 1).padStart(2, '0')}/${day.getFullYear()}`;
}
