import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { printNumber } from '@lib/kernel';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** Written out, because the chart measures its words before it draws them. */
const FONT = "'Segoe UI', 'Noto Sans', Roboto, 'DejaVu Sans', 'Liberation Sans', sans-serif";

export interface LevelRow {
  label: string;
  collectives: number;
  individuals: number;
}

/** Collectives and individuals by conferring level: who honours whom, at a glance. The table beside it says the same in words. */
export function LevelChart({ rows }: { rows: LevelRow[] }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, null, { renderer: 'svg' });
    chart.setOption(optionsOf(rows));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(place.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [rows]);
  const words = rows
    .map(
      ({ label, collectives, individuals }) =>
        `${label}: ${printNumber(collectives)} lượt tập thể, ${printNumber(individuals)} lượt cá nhân`,
    )
    .join('; ');
  return (
    <div
      ref={place}
      className="chart"
      style={{ height: 70 + rows.length * 56 }}
      role="img"
      aria-label={`Biểu đồ lượt khen theo cấp quyết định. ${words}.`}
    />
  );
}

function optionsOf(rows: LevelRow[]) {
  const bar = (name: string, color: string, data: number[]) => ({
    name,
    type: 'bar' as const,
    color,
    barMaxWidth: 18,
    data,
    label: {
      show: true,
      position: 'right' as const,
      color: '#26211c',
      formatter: ({ value }: { value: unknown }) => (Number(value) ? printNumber(Number(value)) : ''),
    },
  });
  return {
    animationDuration: 200,
    textStyle: { fontFamily: FONT, fontSize: 13, color: '#26211c' },
    grid: { left: 8, right: 40, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 24, textStyle: { fontSize: 13, fontFamily: FONT } },
    tooltip: { trigger: 'axis' as const, axisPointer: { type: 'shadow' as const } },
    xAxis: { type: 'value' as const, minInterval: 1, splitLine: { lineStyle: { color: '#eee6d6' } } },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: rows.map(({ label }) => label),
      axisTick: { show: false },
      axisLabel: { width: 225, lineHeight: 15, overflow: 'break' as const, fontFamily: FONT },
    },
    series: [
      bar(
        'Lượt tập thể',
        '#8f1d1d',
        rows.map((row) => row.collectives),
      ),
      bar(
        'Lượt cá nhân',
        '#d2a63c',
        rows.map((row) => row.individuals),
      ),
    ],
  };
}
